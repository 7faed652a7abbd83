package dev.stretcher.cli;

import dev.stretcher.report.StretcherException;

/** What the arguments ask for. */
@FunctionalInterface
interface Command {
  /** Does it; returns the exit status. */
  int run() throws StretcherException, InterruptedException;
}
