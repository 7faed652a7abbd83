/** Programs that embed Stretcher and plug-ins for it, each run by a test. */
@NullMarked
package dev.stretcher.examples;

import org.jspecify.annotations.NullMarked;
