/** The staging directory, what is unpacked into it, and what a killed deploy left behind. */
@NullMarked
package dev.stretcher.internal.stage;

import org.jspecify.annotations.NullMarked;
