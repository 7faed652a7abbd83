package dev.stretcher.sync.internal.filter;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which names a sync leaves alone, as {@code rsync --exclude-from FILE --exclude PATTERN…} decides
 * it; see rsync(1), "FILTER RULES", "PATTERN MATCHING RULES" and the options of these names. Names
 * and patterns are bytes. The first rule that matches a name decides; a name that none matches is
 * not excluded. Immutable and thread-safe.
 */
public final class FilterRules {
  /** Excludes nothing. */
  public static final FilterRules NONE = new FilterRules(List.of());

  private final List<FilterRule> rules;

  private FilterRules(List<FilterRule> rules) {
    this.rules = rules;
  }

  /**
   * Reads rules.
   *
   * @param excludeFrom the content of a file with a pattern in each line; empty lines and those
   *     that begin with {@code #} or {@code ;} do not count
   * @param excludes patterns that come after those of the file; empty ones do not count
   * @throws IOException if one of them is not a pattern, or longer than rsync allows
   */
  public static FilterRules of(byte[] excludeFrom, List<String> excludes) throws IOException {
    List<FilterRule> rules = new ArrayList<>();
    for (byte[] line : PatternFile.lines(excludeFrom)) {
      add(line, rules);
    }
    for (String pattern : excludes) {
      add(pattern.getBytes(StandardCharsets.UTF_8), rules);
    }
    return rules.isEmpty() ? NONE : new FilterRules(List.copyOf(rules));
  }

  private static void add(byte[] text, List<FilterRule> rules) throws IOException {
    if (text.length == 1 && text[0] == '!') {
      rules.clear();
    } else if (text.length > 0) {
      rules.add(FilterRule.parse(text));
    }
  }

  /** Tells whether there are no rules. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /**
   * Tells whether a name is excluded. Only the name itself is tested: the content of an excluded
   * directory is excluded as well, so callers do not descend into it.
   *
   * @param path relative to the root of the tree, not empty
   * @param directory whether the name is a directory
   */
  public boolean excludes(Path path, boolean directory) {
    if (rules.isEmpty()) {
      return false;
    }
    byte[] slashed = PathPattern.slashed(NativeText.bytes(path));
    for (FilterRule rule : rules) {
      if (rule.matches(slashed, directory)) {
        return !rule.includes();
      }
    }
    return false;
  }
}
