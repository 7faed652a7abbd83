/** The journal of releases: which there are, in which order, and which are good. */
@NullMarked
package dev.stretcher.sync.internal.journal;

import org.jspecify.annotations.NullMarked;
