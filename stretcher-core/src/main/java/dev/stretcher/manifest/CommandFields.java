package dev.stretcher.manifest;

import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NearName;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode;
import dev.stretcher.yaml.YamlNode.Mapping;
import dev.stretcher.yaml.YamlNode.Scalar;
import dev.stretcher.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the lists of commands. A list is {@code [a, b]} or {@code {run: [a, b], timeout: 5m}}, a
 * command a line or {@code {run: a, timeout: 30s}}.
 */
final class CommandFields {
  private static final Set<String> TIMED = Set.of("run", "timeout");

  static final Set<String> PHASES = Set.of("pre", "post", "success", "failure");

  private CommandFields() {}

  static Commands read(Fields manifest, Mapping mapping) {
    Fields phases = manifest.within(mapping, "commands.", PHASES);
    return new Commands(
        list(phases, "pre", "commands.pre"),
        list(phases, "post", "commands.post"),
        list(phases, "success", "commands.success"),
        list(phases, "failure", "commands.failure"));
  }

  /** Returns what {@link #read} reads these commands from. */
  static Map<String, Object> written(Commands commands) {
    Map<String, Object> phases = new LinkedHashMap<>();
    put(phases, "pre", commands.pre());
    put(phases, "post", commands.post());
    put(phases, "success", commands.success());
    put(phases, "failure", commands.failure());
    return phases;
  }

  /** Puts a list, as {@link #list} reads it, into {@code phases}. */
  static void put(Map<String, Object> phases, String phase, CommandList list) {
    List<Object> items = new ArrayList<>();
    for (CommandList.Item item : list.commands()) {
      items.add(item.timeout().isEmpty() ? item.line() : timed(item.line(), item.timeout().get()));
    }
    if (list.timeout().isPresent()) {
      phases.put(phase, timed(items, list.timeout().get()));
    } else if (!items.isEmpty()) {
      phases.put(phase, items);
    }
  }

  private static Map<String, Object> timed(Object run, Duration timeout) {
    Map<String, Object> timed = new LinkedHashMap<>();
    timed.put("run", run);
    timed.put("timeout", text(timeout));
    return timed;
  }

  /** Returns a duration as text; one beyond those of Go is refused when it is read. */
  static String text(Duration timeout) {
    try {
      return GoDuration.format(timeout);
    } catch (ArithmeticException e) {
      return timeout.toSeconds() + "s";
    }
  }

  /**
   * Reads a list of commands.
   *
   * @param name what messages call the list
   */
  static CommandList list(Fields phases, String key, String name) {
    if (phases.node(key).orElse(null) instanceof Mapping timed) {
      if (isText(timed)) {
        withoutRun(phases, timed, name);
        return new CommandList(List.of(), Optional.empty());
      }
      Fields fields = phases.within(timed, name + ".", TIMED);
      requireRun(fields, timed, name);
      return new CommandList(items(fields, "run", name), timeout(fields));
    }
    return new CommandList(items(phases, key, name), Optional.empty());
  }

  private static List<CommandList.Item> items(Fields fields, String key, String name) {
    if (fields.node(key).orElse(null) instanceof Sequence sequence) {
      return sequence.items().stream().flatMap(item -> item(fields, item, name).stream()).toList();
    }
    // Says what is wrong with anything but a list.
    fields.list(key);
    return List.of();
  }

  private static Optional<CommandList.Item> item(Fields list, YamlNode node, String name) {
    if (!(node instanceof Mapping timed)) {
      return list.scalar(node, "an item of " + name)
          .map(line -> new CommandList.Item(line.text(), Optional.empty()));
    }
    if (isText(timed)) {
      withoutRun(list, timed, "an item of " + name);
      return Optional.empty();
    }
    Fields fields = list.within(timed, name + "[].", TIMED);
    requireRun(fields, timed, "an item of " + name);
    return fields.scalar("run").map(line -> new CommandList.Item(line.text(), timeout(fields)));
  }

  private static void requireRun(Fields fields, Mapping timed, String name) {
    if (fields.node("run").isEmpty()) {
      withoutRun(fields, timed, name);
    }
  }

  /** Tells whether it is a command without quotes, of which no part was meant to be a key. */
  private static boolean isText(Mapping timed) {
    return timed.pairs().stream().allMatch(pair -> NearName.of(pair.key().text(), TIMED).isEmpty());
  }

  private static void withoutRun(Fields fields, Mapping timed, String name) {
    fields.problem(
        timed,
        name
            + " is a mapping without run; put a command that has ': ' in quotes, or write {run:"
            + " COMMAND, timeout: DURATION}");
  }

  private static Optional<Duration> timeout(Fields fields) {
    Optional<Scalar> given = fields.scalar("timeout");
    try {
      Optional<Duration> timeout = given.map(scalar -> GoDuration.parse(scalar.text()));
      if (timeout.filter(Duration::isZero).isEmpty()) {
        return timeout;
      }
      fields.problem(given.orElseThrow(), "timeout must be more than 0, such as 30s");
    } catch (IllegalArgumentException e) {
      fields.problem(given.orElseThrow(), "timeout: " + e.getMessage());
    }
    return Optional.empty();
  }
}
