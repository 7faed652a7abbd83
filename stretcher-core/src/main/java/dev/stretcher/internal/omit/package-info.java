/** What was left out of a staged tree, since dest has it. */
@NullMarked
package dev.stretcher.internal.omit;

import org.jspecify.annotations.NullMarked;
