package dev.stretcher.cli.command;

import dev.stretcher.option.Options;

/** Prints the deploys of this host that ended. */
final class HistoryCommand implements Command {
  @Override
  public String name() {
    return "history";
  }

  @Override
  public String summary() {
    return "Prints the deploys of this host that ended.";
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public int run(Invocation invocation) {
    return new History(invocation.out(), invocation.err()).print(invocation.ledger());
  }
}
