package dev.stretcher.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression of Prometheus in an example, as far as its names go.
 *
 * @param text the expression
 * @param shown what is said of its results: a legend, annotations
 */
record Expression(String text, List<String> shown) {
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*";
  private static final Pattern SELECTOR = Pattern.compile("(" + LABEL + ")\\{([^}]*)\\}");
  private static final Pattern MATCHER =
      Pattern.compile("(" + LABEL + ")\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without)\\s*\\(([^)]*)\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*\\]");
  private static final Pattern NAME = Pattern.compile("\\b(" + LABEL + ")\\b(?!\\s*\\()");
  private static final Pattern SHOWN =
      Pattern.compile("\\$labels\\.(" + LABEL + ")|\\{\\{(" + LABEL + ")\\}\\}");

  /** A condition on a label of a metric. */
  record Matcher(String metric, String label, String operator, String value) {}

  /** Returns the expressions of a file of rules, and of a board. */
  static Stream<Expression> of(Path rules, Path board) throws IOException {
    List<Expression> all = new ArrayList<>();
    for (JsonNode group : new YAMLMapper().readTree(rules.toFile()).get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        List<String> shown = new ArrayList<>();
        rule.get("annotations").forEach(text -> shown.add(text.asText()));
        all.add(new Expression(rule.get("expr").asText(), shown));
      }
    }
    for (JsonNode panel : new JsonMapper().readTree(board.toFile()).get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        String legend = target.get("legendFormat").asText();
        all.add(new Expression(target.get("expr").asText(), List.of(legend)));
      }
    }
    return all.stream();
  }

  /** Returns all names that are no functions, no labels and no words of the language. */
  Set<String> metrics() {
    String bare = SELECTOR.matcher(text).replaceAll("$1");
    bare = RANGE.matcher(GROUPING.matcher(bare).replaceAll("")).replaceAll("");
    Set<String> metrics = matches(NAME, bare);
    metrics.removeAll(Set.of("and", "or", "unless"));
    return metrics;
  }

  List<Matcher> matchers() {
    List<Matcher> matchers = new ArrayList<>();
    for (MatchResult selector : SELECTOR.matcher(text).results().toList()) {
      for (MatchResult each : MATCHER.matcher(selector.group(2)).results().toList()) {
        matchers.add(new Matcher(selector.group(1), each.group(1), each.group(2), each.group(3)));
      }
    }
    return matchers;
  }

  /** Returns the labels that it groups by, or that are shown. */
  Set<String> labels() {
    Set<String> labels =
        GROUPING
            .matcher(text)
            .results()
            .flatMap(each -> Stream.of(each.group(1).split("\\s*,\\s*")))
            .collect(Collectors.toCollection(TreeSet::new));
    shown.forEach(each -> labels.addAll(matches(SHOWN, each)));
    return labels;
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (MatchResult each : pattern.matcher(text).results().toList()) {
      found.add(each.group(1) != null ? each.group(1) : each.group(2));
    }
    return found;
  }
}
