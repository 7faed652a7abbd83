/** The pattern language of rsync(1), "FILTER RULES", as far as {@code --exclude} knows it. */
@NullMarked
package dev.stretcher.sync.internal.filter;

import org.jspecify.annotations.NullMarked;
