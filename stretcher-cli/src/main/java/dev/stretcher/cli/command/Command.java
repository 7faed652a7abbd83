package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.report.StretcherException;
import java.util.List;

/**
 * Something that the command line can be asked to do. To add one, write it and put it into {@link
 * Commands}.
 */
public interface Command {
  /** Returns its name; empty for what is done when no command is named. */
  String name();

  /** Returns what its argument is called; empty if it takes none. */
  default String parameter() {
    return "";
  }

  /** Returns what it does, in a sentence. */
  String summary();

  /** Returns the settings that it alone has. */
  default List<Setting<?>> flags() {
    return List.of();
  }

  /**
   * Tells whether something is only to be found out: the exit status is the answer then, and stays
   * as it is under {@code consul watch} too. The launcher has to know it as well.
   */
  default boolean isInquiry(Options options) {
    return false;
  }

  /** Tells whether it works with the configuration of this host, which then has to be right. */
  default boolean readsConfiguration() {
    return true;
  }

  /** Runs it; returns the exit status. */
  int run(Invocation invocation) throws UsageException, StretcherException, InterruptedException;
}
