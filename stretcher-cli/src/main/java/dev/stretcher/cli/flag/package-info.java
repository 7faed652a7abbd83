/** Flags: settings on the command line. */
@NullMarked
package dev.stretcher.cli.flag;

import org.jspecify.annotations.NullMarked;
