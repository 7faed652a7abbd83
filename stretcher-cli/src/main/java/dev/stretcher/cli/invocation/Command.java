package dev.stretcher.cli.invocation;

import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.report.StretcherException;
import java.util.List;

/**
 * A subcommand of the command line. To add one, write its class and put it into the list of
 * commands.
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

  /** Returns what the exit status says, in a sentence; empty if that is as usual. */
  default String statuses() {
    return "";
  }

  /** Returns command lines of this command that people may copy. */
  default List<Example> examples() {
    return List.of();
  }

  /** Returns what is said of an argument that it does not take, after the argument itself. */
  default String unexpected(String argument) {
    return "";
  }

  /** Returns what the log says of settings that have no effect. */
  default List<String> warnings(Invocation invocation) {
    return List.of();
  }

  /** Tells whether the command uses the configuration of this host, which then has to be right. */
  default boolean readsConfiguration() {
    return true;
  }

  /**
   * Tells whether the command only looks. It goes on, with a warning, where this user may not read
   * the configuration: who deploys meets the rules there all the same.
   */
  default boolean onlyLooks() {
    return false;
  }

  /** Runs the command and returns the exit status. */
  int run(Invocation invocation) throws UsageException, StretcherException, InterruptedException;
}
