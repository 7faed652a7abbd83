/** An S3 server for tests and benchmarks. */
@NullMarked
package dev.stretcher.testing.s3;

import org.jspecify.annotations.NullMarked;
