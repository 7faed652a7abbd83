package dev.stretcher.cli.print;

/** The forms of what a command prints on STDOUT. */
public enum OutputFormat {
  TEXT,
  JSON
}
