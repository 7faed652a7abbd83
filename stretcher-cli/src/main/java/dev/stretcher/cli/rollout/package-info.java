/** What a command line asks for about a rollout: its rules, and what is to be desired. */
@NullMarked
package dev.stretcher.cli.rollout;

import org.jspecify.annotations.NullMarked;
