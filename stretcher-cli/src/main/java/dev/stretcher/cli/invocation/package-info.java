/** A run of a command: what it is given, and the library with that. */
@NullMarked
package dev.stretcher.cli.invocation;

import org.jspecify.annotations.NullMarked;
