package dev.stretcher.cli.command;

/** The forms of what a command prints on STDOUT. */
enum OutputFormat {
  TEXT,
  JSON
}
