package dev.stretcher.manifest;

import dev.stretcher.text.NativeText;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Mapping;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes {@code release}: the rules of a syncer that keeps releases. */
final class ReleaseField {
  private static final Set<String> KEYS = Set.of("id", "keep", "shared");
  private static final int MOST_KEPT = 1000;

  /** A path may have 4096 bytes, with dest and the name of the release. */
  private static final int LONGEST_PATH = 1000;

  private static final int LONGEST_NAME = 255;

  private ReleaseField() {}

  static ReleaseRules read(Fields manifest, Mapping mapping) {
    Fields fields = manifest.within(mapping, "release.", KEYS);
    return new ReleaseRules(
        id(fields), keep(fields).orElse(ReleaseRules.DEFAULT.keep()), shared(fields));
  }

  /** The name becomes that of a directory, and part of a command line. */
  private static Optional<String> id(Fields fields) {
    Optional<Scalar> given = fields.scalar("id");
    if (given.isPresent() && !given.get().text().matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")) {
      fields.problem(
          given.get(),
          "release.id must be 1 to 100 letters, digits, '.', '_' and '-', and not begin with '.' or"
              + " '-', such as 1.4.2, not "
              + given.get().shown());
    }
    return given.map(Scalar::text);
  }

  private static Optional<Integer> keep(Fields fields) {
    Optional<Scalar> given = fields.scalar("keep");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String text = given.get().text();
    int number = text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST_KEPT) {
      fields.problem(
          given.get(),
          "release.keep must be a whole number from 1 to %s, such as 5, not %s"
              .formatted(MOST_KEPT, given.get().shown()));
      return Optional.empty();
    }
    return Optional.of(number);
  }

  private static List<ReleaseRules.Shared> shared(Fields fields) {
    Map<String, ReleaseRules.Shared> names = new LinkedHashMap<>();
    Map<String, Scalar> given = new LinkedHashMap<>();
    for (Scalar item : fields.list("shared")) {
      boolean directory = item.text().endsWith("/");
      String name = item.text().substring(0, item.text().length() - (directory ? 1 : 0));
      Optional<String> wrong = wrong(item.text(), name);
      if (wrong.isPresent()) {
        fields.problem(item, "release.shared %s %s".formatted(item.shown(), wrong.get()));
      } else if (given.put(name, item) != null) {
        fields.problem(item, "release.shared has %s twice; keep one".formatted(item.shown()));
      } else {
        names.put(name, new ReleaseRules.Shared(NativeText.path(name), directory));
      }
    }
    given.forEach((name, item) -> requireNoneAbove(fields, name, item, given));
    return new ArrayList<>(names.values());
  }

  private static Optional<String> wrong(String text, String name) {
    if (text.startsWith("/")) {
      return Optional.of("must be relative to the release; write it like log/");
    }
    List<String> parts = List.of(name.split("/", -1));
    if (parts.contains("..") || parts.contains(".") || parts.contains("")) {
      return Optional.of(
          "must be a name in the release without '.', '..' and empty parts, such as log/ or"
              + " config/database.yml");
    }
    if (isLonger(name, LONGEST_PATH) || parts.stream().anyMatch(ReleaseField::isTooLong)) {
      return Optional.of(
          "is too long: a name has at most %s bytes, a path %s"
              .formatted(LONGEST_NAME, LONGEST_PATH));
    }
    return Optional.empty();
  }

  private static boolean isTooLong(String part) {
    return isLonger(part, LONGEST_NAME);
  }

  private static boolean isLonger(String text, int most) {
    return text.length() > most || text.getBytes(StandardCharsets.UTF_8).length > most;
  }

  /** A shared name is a link, and nothing can be linked into what it leads to. */
  private static void requireNoneAbove(
      Fields fields, String name, Scalar item, Map<String, Scalar> given) {
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      Scalar above = given.get(name.substring(0, end));
      if (above != null) {
        fields.problem(
            item,
            "release.shared %s is in %s, which is shared as a whole; remove one of the two"
                .formatted(item.shown(), above.shown()));
      }
    }
  }

  /** Returns what {@link #read} reads these rules from, with the number in the form given. */
  static Map<String, Object> written(ReleaseRules rules, Object keep) {
    Map<String, Object> written = new LinkedHashMap<>();
    rules.id().ifPresent(id -> written.put("id", id));
    written.put("keep", keep);
    if (!rules.shared().isEmpty()) {
      written.put("shared", names(rules));
    }
    return written;
  }

  private static List<String> names(ReleaseRules rules) {
    List<String> names = new ArrayList<>();
    for (ReleaseRules.Shared shared : rules.shared()) {
      Path path = shared.path();
      names.add(NativeText.text(path) + (shared.directory() ? "/" : ""));
    }
    return names;
  }

  static String step(ReleaseRules rules) {
    String id = rules.id().map(name -> "as release " + name + ", ").orElse("");
    String shared = rules.shared().isEmpty() ? "" : ", sharing " + String.join(" ", names(rules));
    return "%skeeping %s good releases%s".formatted(id, rules.keep(), shared);
  }
}
