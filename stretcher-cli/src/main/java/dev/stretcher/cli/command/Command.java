package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.report.StretcherException;
import java.util.List;

/**
 * A subcommand of the command line. To add one, write its class and put it into {@link Commands}.
 */
public interface Command {
  /** Returns its name; empty for the command that runs when none is named. */
  String name();

  /** Returns the name of its argument; empty if it takes none. */
  default String parameter() {
    return "";
  }

  /** Returns what it does, in a sentence. */
  String summary();

  /** Returns the settings that only this command has. */
  default List<Setting<?>> flags() {
    return List.of();
  }

  /**
   * Tells whether the command only answers a question: the exit status is then the answer, and does
   * not change under {@code consul watch}. The launcher has to know these commands as well.
   */
  default boolean isInquiry(Options options) {
    return false;
  }

  /** Tells whether the command uses the configuration of this host, which then has to be right. */
  default boolean readsConfiguration() {
    return true;
  }

  /** Runs the command and returns the exit status. */
  int run(Invocation invocation) throws UsageException, StretcherException, InterruptedException;
}
