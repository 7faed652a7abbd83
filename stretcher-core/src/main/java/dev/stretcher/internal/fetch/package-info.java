/** The archive while it arrives: its verification, the spool file, what reads it. */
@NullMarked
package dev.stretcher.internal.fetch;

import org.jspecify.annotations.NullMarked;
