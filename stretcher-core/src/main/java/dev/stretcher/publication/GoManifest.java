package dev.stretcher.publication;

import dev.stretcher.internal.template.Template;
import dev.stretcher.option.Options;
import dev.stretcher.text.Problem;
import dev.stretcher.yaml.YamlDocument;
import dev.stretcher.yaml.YamlNode;
import dev.stretcher.yaml.YamlNode.Mapping;
import dev.stretcher.yaml.YamlNode.Pair;
import dev.stretcher.yaml.YamlNode.Scalar;
import dev.stretcher.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the Go original makes of a manifest. */
final class GoManifest {
  /** Of these, the last two mean nothing to it, and nothing is lost. */
  private static final Set<String> KEYS =
      Set.of(
          "src",
          "checksum",
          "dest",
          "dest_mode",
          "commands",
          "excludes",
          "exclude_from",
          "sync_strategy",
          "env",
          "toc",
          "description");

  private static final Set<String> STRATEGIES = Set.of("rsync", "mv");

  private final List<Problem> problems = new ArrayList<>();

  private GoManifest() {}

  /** Returns what it would not read or not heed; nothing if the text is no manifest anyway. */
  static List<Problem> problems(String text, Map<String, String> environment, Options limits) {
    List<Problem> other = new ArrayList<>();
    String expanded = new Template(environment, limits, other).expand(text);
    GoManifest manifest = new GoManifest();
    YamlDocument.read(expanded, limits, other)
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .ifPresent(manifest::look);
    return manifest.problems;
  }

  private void look(Mapping root) {
    for (Pair pair : root.pairs()) {
      String key = pair.key().text();
      if (!KEYS.contains(key)) {
        add(pair.key(), key + " means nothing to the Go original; remove it");
      } else if (key.equals("commands") && pair.value() instanceof Mapping commands) {
        commands.pairs().forEach(this::lookAtCommands);
      } else if (key.equals("sync_strategy")
          && pair.value() instanceof Scalar strategy
          && !STRATEGIES.contains(strategy.text())) {
        add(strategy, "the Go original knows the strategies rsync and mv, and no other one");
      }
    }
  }

  private void lookAtCommands(Pair commands) {
    if (commands.value() instanceof Sequence list) {
      for (YamlNode item : list.items()) {
        if (!(item instanceof Scalar)) {
          add(
              item,
              "%s: the Go original knows commands of one line only; write it as text"
                  .formatted(commands.key().text()));
        }
      }
    }
  }

  private void add(YamlNode at, String message) {
    problems.add(new Problem(at.line(), at.column(), message));
  }
}
