/** The command line agent: arguments, console output, exit statuses and signals. */
@NullMarked
package dev.stretcher.cli;

import org.jspecify.annotations.NullMarked;
