/** The commands of a fleet: the resident agent, and the questions about all hosts. */
@NullMarked
package dev.stretcher.cli.fleet;

import org.jspecify.annotations.NullMarked;
