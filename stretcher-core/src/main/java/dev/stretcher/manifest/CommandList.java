package dev.stretcher.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Commands that run one after the other until one fails. Immutable.
 *
 * @param commands the commands
 * @param timeout how long all of them together may take; empty is for ever
 */
public record CommandList(List<Item> commands, Optional<Duration> timeout) {
  /** No commands. */
  public static final CommandList NONE = new CommandList(List.of(), Optional.empty());

  /** Copies the list. */
  public CommandList {
    commands = List.copyOf(commands);
  }

  /** Returns a list of commands that may take as long as they like. */
  public static CommandList of(String... lines) {
    return new CommandList(
        Stream.of(lines).map(line -> new Item(line, Optional.empty())).toList(), Optional.empty());
  }

  /**
   * A command.
   *
   * @param line for {@code sh -c}
   * @param timeout how long it may take; empty is for ever
   */
  public record Item(String line, Optional<Duration> timeout) {}

  /** Returns the lines of all commands. */
  public List<String> lines() {
    return commands.stream().map(Item::line).toList();
  }

  /** Tells whether there is nothing to run. */
  public boolean isEmpty() {
    return commands.isEmpty();
  }
}
