package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.report.StretcherException;

/** Reads one event from STDIN, and deploys the manifest that it names. */
final class AgentCommand implements Command {
  @Override
  public String name() {
    return "";
  }

  @Override
  public String summary() {
    return "Reads one event from STDIN and deploys the manifest that it names.";
  }

  @Override
  public int run(Invocation invocation) throws StretcherException, InterruptedException {
    try (Stretcher stretcher = invocation.stretcher()) {
      stretcher.deployNext(
          Stretcher.stdinEvents(
              invocation.surroundings().in(),
              invocation.surroundings().environment(),
              invocation.options()));
      return 0;
    }
  }
}
