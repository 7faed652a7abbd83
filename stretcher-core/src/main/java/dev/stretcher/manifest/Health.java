package dev.stretcher.manifest;

import dev.stretcher.text.GoDuration;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode;
import dev.stretcher.yaml.YamlNode.Mapping;
import dev.stretcher.yaml.YamlNode.Scalar;
import dev.stretcher.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that find out whether what was deployed works. They run again and again after the {@code
 * post} commands. Immutable.
 *
 * @param commands the commands, which pass together or not
 * @param steady for how long they must pass without a break, counted from the first pass; zero is
 *     one pass
 * @param within how long all of that may take
 */
public record Health(CommandList commands, Duration steady, Duration within) {
  private static final Set<String> KEYS = Set.of("commands", "for", "within");

  /** Not checked at all. */
  public static final Health NONE =
      new Health(CommandList.NONE, Duration.ZERO, Duration.ofMinutes(1));

  /** Returns commands of which one pass is enough, within a minute. */
  public static Health of(String... lines) {
    return new Health(CommandList.of(lines), NONE.steady, NONE.within);
  }

  /** Returns these commands, which have to pass for so long without a break. */
  public Health withSteady(Duration duration) {
    return new Health(commands, duration, within);
  }

  /** Returns these commands, which may take so long. */
  public Health withWithin(Duration limit) {
    return new Health(commands, steady, limit);
  }

  /** Tells whether nothing is checked. */
  public boolean isEmpty() {
    return commands.isEmpty();
  }

  /** Reads {@code health}. */
  static Health read(Fields manifest, Mapping mapping) {
    Fields fields = manifest.within(mapping, "health.", KEYS);
    Optional<Duration> steady = duration(fields, "for");
    Optional<Duration> within = duration(fields, "within");
    Health health =
        new Health(
            CommandFields.list(fields, "commands", "health.commands"),
            steady.orElse(NONE.steady),
            within.orElse(NONE.within));
    if (health.isEmpty()) {
      requireCommands(fields, mapping);
    }
    boolean wrongLimit = within.isEmpty() && fields.hasValue("within");
    if (!wrongLimit && health.steady.compareTo(health.within) >= 0) {
      fields.problem(
          fields.node(within.isPresent() ? "within" : "for").orElse(mapping),
          "health.within must be more than health.for, but is %s%s, and health.for is %s"
              .formatted(
                  GoDuration.format(health.within),
                  within.isPresent() ? "" : " by default",
                  GoDuration.format(health.steady)));
    }
    return health;
  }

  /** What is there, but is no list of commands, is a problem already. */
  private static void requireCommands(Fields fields, Mapping mapping) {
    Optional<YamlNode> commands = fields.node("commands");
    if (commands.isEmpty() || (commands.get() instanceof Sequence list && list.items().isEmpty())) {
      fields.problem(
          mapping, "health has no commands, so it checks nothing; add commands, or remove health");
    }
  }

  private static Optional<Duration> duration(Fields fields, String key) {
    Optional<Scalar> given = fields.scalar(key);
    try {
      return given.map(scalar -> GoDuration.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      fields.problem(given.orElseThrow(), "health." + key + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns what {@link #read} reads this from. */
  Map<String, Object> written() {
    Map<String, Object> written = new LinkedHashMap<>();
    CommandFields.put(written, "commands", commands);
    written.put("for", CommandFields.text(steady));
    written.put("within", CommandFields.text(within));
    return written;
  }

  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("commands", commands.shown());
    shown.put("for", steady);
    shown.put("within", within);
    return shown;
  }
}
