/** How the log is written. */
@NullMarked
package dev.stretcher.cli.log;

import org.jspecify.annotations.NullMarked;
