/** The subcommands, each with its own flags, and help. */
@NullMarked
package dev.stretcher.cli.command;

import org.jspecify.annotations.NullMarked;
