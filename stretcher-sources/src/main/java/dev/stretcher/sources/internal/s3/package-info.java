/** What serves S3. */
@NullMarked
package dev.stretcher.sources.internal.s3;

import org.jspecify.annotations.NullMarked;
