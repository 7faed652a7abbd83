/** What directories cost, and which processes use them. */
@NullMarked
package dev.stretcher.sync.internal.usage;

import org.jspecify.annotations.NullMarked;
