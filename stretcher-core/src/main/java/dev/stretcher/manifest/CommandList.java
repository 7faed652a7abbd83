package dev.stretcher.manifest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Returns this list with one more command at its end. */
  public CommandList with(String line) {
    return with(new Item(line, Optional.empty()));
  }

  /** Returns this list with one more command at its end, which may take that long. */
  public CommandList with(String line, Duration limit) {
    return with(new Item(line, Optional.of(limit)));
  }

  private CommandList with(Item item) {
    return new CommandList(Stream.concat(commands.stream(), Stream.of(item)).toList(), timeout);
  }

  /** Returns this list with a limit for all its commands together. */
  public CommandList withTimeout(Duration limit) {
    return new CommandList(commands, Optional.of(limit));
  }

  /**
   * A command.
   *
   * @param line for {@code sh -c}
   * @param timeout how long it may take; empty is for ever
   */
  public record Item(String line, Optional<Duration> timeout) {
    Map<String, Object> shown() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("line", line);
      timeout.ifPresent(limit -> shown.put("timeout", limit));
      return shown;
    }
  }

  /** Returns the lines of all commands. */
  public List<String> lines() {
    return commands.stream().map(Item::line).toList();
  }

  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("run", commands.stream().map(Item::shown).toList());
    timeout.ifPresent(limit -> shown.put("timeout", limit));
    return shown;
  }

  /** Tells whether there is nothing to run. */
  public boolean isEmpty() {
    return commands.isEmpty();
  }
}
