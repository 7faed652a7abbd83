package dev.stretcher.yaml;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Finds out whether YAML took text for something else because there are no quotes around it. */
final class MissingQuotes {
  /** What to do about a value that is one but should be text. */
  static final String REMEDY =
      "; if it is text, put it in quotes: text may not begin with one of * & ! % @ ` [ { nor have"
          + " ': ' otherwise";

  private static final String CORE = "tag:yaml.org,2002:";

  /** The types of YAML itself, which need no quotes. */
  private static final Set<String> TYPES =
      Set.of(
          "str", "int", "float", "bool", "null", "seq", "map", "timestamp", "set", "omap", "pairs");

  private MissingQuotes() {}

  /** Returns the remedy, if quotes may be it; else nothing. */
  static String remedy(MarkedYAMLException e) {
    String context = String.valueOf(e.getContext());
    String problem = String.valueOf(e.getProblem());
    boolean likely =
        context.startsWith("while scanning a")
            || context.startsWith("while scanning for the next token")
            || context.startsWith("while parsing a flow")
            || problem.startsWith("mapping values are not allowed")
            || problem.endsWith("but found '<scalar>'");
    return likely ? REMEDY : "";
  }

  /** Returns the tag of a value as it is written, if it means nothing here; else null. */
  static @Nullable String tag(@Nullable String id) {
    // "!" alone says that a value is text.
    if (id == null || id.isEmpty()) {
      return null;
    }
    String name = id.startsWith(CORE) ? id.substring(CORE.length()) : id;
    if (name.equals("binary")) {
      return "!!binary";
    }
    return TYPES.contains(name) ? null : "!" + id;
  }
}
