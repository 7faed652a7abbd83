/** The archive while it arrives: its verification, its spool file, and its readers. */
@NullMarked
package dev.stretcher.internal.fetch;

import org.jspecify.annotations.NullMarked;
