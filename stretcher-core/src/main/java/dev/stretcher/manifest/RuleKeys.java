package dev.stretcher.manifest;

import dev.stretcher.text.NativeText;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The keys of a manifest that a syncer has to heed or to refuse. */
public final class RuleKeys {
  /** rsync patterns of names that the sync does not touch. */
  public static final RuleKey<List<String>> EXCLUDES =
      new RuleKey<>("excludes", "list of text", "empty") {
        @Override
        Optional<List<String>> read(Fields fields) {
          List<Scalar> patterns = fields.list(name());
          for (Scalar pattern : patterns) {
            if (pattern.text().isEmpty()) {
              fields.problem(pattern, "excludes has an empty pattern; remove it");
            }
          }
          return Optional.of(patterns.stream().map(Scalar::text).toList());
        }

        @Override
        public Optional<List<String>> in(SyncRules rules) {
          return rules.excludes().isEmpty() ? Optional.empty() : Optional.of(rules.excludes());
        }

        @Override
        Object shown(List<String> patterns) {
          return patterns;
        }

        @Override
        Object written(List<String> patterns) {
          return patterns;
        }

        @Override
        String step(List<String> patterns) {
          return "without " + String.join(" ", patterns);
        }
      };

  /** A file with such patterns. */
  public static final RuleKey<Path> EXCLUDE_FROM =
      new RuleKey<>("exclude_from", "relative path", "none") {
        @Override
        Optional<Path> read(Fields fields) {
          Optional<Scalar> given = fields.scalar(name());
          if (given.filter(scalar -> !isInside(scalar.text())).isPresent()) {
            fields.problem(
                given.get(),
                "exclude_from %s must be a file in the archive, relative to its root"
                    .formatted(given.get().shown()));
            return Optional.empty();
          }
          return given.map(scalar -> NativeText.path(scalar.text()));
        }

        @Override
        public Optional<Path> in(SyncRules rules) {
          return rules.excludeFrom();
        }

        @Override
        Object shown(Path file) {
          return NativeText.text(file);
        }

        @Override
        Object written(Path file) {
          return NativeText.text(file);
        }

        @Override
        String step(Path file) {
          return "without what is in " + NativeText.text(file);
        }
      };

  /** When a file counts as unchanged. */
  public static final RuleKey<Comparison> COMPARE =
      new RuleKey<>("compare", "`quick`, `checksum`", "`quick`") {
        @Override
        Optional<Comparison> read(Fields fields) {
          return Choice.read(fields, name(), Comparison.QUICK, Comparison.CHECKSUM);
        }

        @Override
        public Optional<Comparison> in(SyncRules rules) {
          return Optional.of(rules.comparison()).filter(value -> value != Comparison.QUICK);
        }

        @Override
        Object shown(Comparison value) {
          return Choice.name(value);
        }

        @Override
        Object written(Comparison value) {
          return Choice.name(value);
        }

        @Override
        String step(Comparison value) {
          return "comparing contents";
        }
      };

  /** How many names a sync may delete. */
  public static final RuleKey<Long> MAX_DELETE =
      new RuleKey<>("max_delete", "whole number from 0", "no limit") {
        /** A leading zero is refused, since it makes an octal number for some readers of YAML. */
        @Override
        Optional<Long> read(Fields fields) {
          Optional<Scalar> given = fields.scalar(name());
          if (given.filter(scalar -> !scalar.text().matches("0|[1-9][0-9]{0,17}")).isPresent()) {
            fields.problem(
                given.get(),
                "max_delete must be a whole number from 0, such as 100, not %s"
                    .formatted(given.get().shown()));
            return Optional.empty();
          }
          return given.map(scalar -> Long.parseLong(scalar.text()));
        }

        @Override
        public Optional<Long> in(SyncRules rules) {
          OptionalLong limit = rules.maxDelete();
          return limit.isPresent() ? Optional.of(limit.getAsLong()) : Optional.empty();
        }

        @Override
        Object shown(Long limit) {
          return limit;
        }

        @Override
        String step(Long limit) {
          return "deleting at most " + limit;
        }
      };

  /** What a syncer that keeps releases does with them. */
  public static final RuleKey<ReleaseRules> RELEASE =
      new RuleKey<>("release", "mapping", "`keep: 5`, an ID of its own, nothing shared") {
        @Override
        Optional<ReleaseRules> read(Fields fields) {
          return fields.mapping(name()).map(mapping -> ReleaseField.read(fields, mapping));
        }

        @Override
        public Optional<ReleaseRules> in(SyncRules rules) {
          return Optional.of(rules.release()).filter(each -> !each.equals(ReleaseRules.DEFAULT));
        }

        @Override
        Object shown(ReleaseRules rules) {
          return ReleaseField.written(rules, Integer.valueOf(rules.keep()));
        }

        @Override
        Object written(ReleaseRules rules) {
          return ReleaseField.written(rules, Integer.toString(rules.keep()));
        }

        @Override
        String step(ReleaseRules rules) {
          return ReleaseField.step(rules);
        }
      };

  /** All rule keys, in the order of the reference. */
  public static final List<RuleKey<?>> ALL =
      List.of(EXCLUDES, EXCLUDE_FROM, COMPARE, MAX_DELETE, RELEASE);

  private RuleKeys() {}

  private static boolean isInside(String name) {
    List<String> parts = List.of(name.split("/", -1));
    boolean nameless = Set.of("", ".").contains(parts.get(parts.size() - 1));
    return !name.startsWith("/") && !parts.contains("..") && !nameless;
  }
}
