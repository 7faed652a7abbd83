/** Lets a syncer bring dest to the staged tree, and brings the changes to disk. */
@NullMarked
package dev.stretcher.internal.sync;

import org.jspecify.annotations.NullMarked;
