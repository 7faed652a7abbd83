package dev.stretcher.yaml;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.text.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads the first document of a YAML text into nodes that know their place. Scalars keep their
 * text: {@code 0711} and {@code true} mean what the key that they stand at says.
 */
public final class YamlDocument {
  // Merging merged mappings again and again makes a short text expensive.
  private static final int MAX_MERGED = 100_000;
  private static final YAMLFactory YAML = new AnchorFactory();

  private final YAMLParser parser;
  private final List<Problem> problems;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private int nesting;
  private final Options limits;
  private int aliases;
  private int mergedKeys;

  private YamlDocument(YAMLParser parser, Options limits, List<Problem> problems) {
    this.parser = parser;
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * Returns the document's node; empty if there is none, or if {@code problems} say why.
   *
   * @param text the text
   * @param limits of which those for YAML matter
   * @param problems takes what is wrong
   */
  public static Optional<YamlNode> read(String text, Options limits, List<Problem> problems) {
    try (YAMLParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      return Optional.of(new YamlDocument(parser, limits, problems).node());
    } catch (JacksonException e) {
      problems.add(problem(e));
      return Optional.empty();
    } catch (IOException e) {
      problems.add(new Problem(0, 0, e.toString()));
      return Optional.empty();
    }
  }

  /**
   * Does the same with a text that must not have a second document, which would not be heeded.
   *
   * @param text the text
   * @param limits of which those for YAML matter
   * @param problems takes what is wrong
   */
  public static Optional<YamlNode> readOnly(String text, Options limits, List<Problem> problems) {
    Optional<YamlNode> first = read(text, limits, problems);
    try (YAMLParser parser = YAML.createParser(text)) {
      parser.nextToken();
      parser.skipChildren();
      if (problems.isEmpty() && parser.nextToken() != null) {
        problems.add(problem(parser.currentTokenLocation(), "there is a second document"));
      }
    } catch (IOException e) {
      problems.add(new Problem(0, 0, "after the first document: not YAML"));
    }
    return first;
  }

  private static Problem problem(JacksonException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark at = marked.getProblemMark();
      return new Problem(
          at.getLine() + 1,
          at.getColumn() + 1,
          "not YAML: " + marked.getProblem() + MissingQuotes.remedy(marked));
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed");
    if (message.startsWith("Expected a field name")) {
      message = "a key must be plain text, not a list, a mapping or an alias";
    }
    JsonLocation at = e.getLocation();
    return at == null
        ? new Problem(0, 0, "not YAML: " + message)
        : new Problem(at.getLineNr(), at.getColumnNr(), "not YAML: " + message);
  }

  private YamlNode node() throws IOException {
    JsonToken token = parser.currentToken();
    JsonLocation at = parser.currentTokenLocation();
    String anchor = parser.isCurrentAlias() ? null : parser.getObjectId();
    String tag = parser.isCurrentAlias() ? null : MissingQuotes.tag(parser.getTypeId());
    require(++nesting, Settings.MAX_NESTING, "levels");
    if (token == null) {
      throw new JsonParseException(parser, "a value is missing or has a tag that does not fit it");
    }
    YamlNode node =
        switch (token) {
          case START_OBJECT -> mapping(at);
          case START_ARRAY -> sequence(at);
          default -> scalarOrAlias(token, at);
        };
    nesting--;
    if (tag != null) {
      // Whether it matters depends on the key: an unknown one is a warning, whatever it has.
      node = new YamlNode.Tagged(tag, at.getLineNr(), at.getColumnNr());
    }
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private YamlNode scalarOrAlias(JsonToken token, JsonLocation at) throws IOException {
    if (parser.isCurrentAlias()) {
      require(++aliases, Settings.MAX_ALIASES, "aliases");
      String name = parser.getText();
      YamlNode target = anchors.get(name);
      if (target == null) {
        problems.add(
            problem(
                at,
                "there is no anchor &"
                    + name
                    + " before the alias *"
                    + name
                    + MissingQuotes.REMEDY));
        return new YamlNode.Scalar("", true, at.getLineNr(), at.getColumnNr());
      }
      return target;
    }
    // Only what was written without quotes can be another token than a string.
    boolean plain = token != JsonToken.VALUE_STRING;
    String text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
    return new YamlNode.Scalar(text, plain, at.getLineNr(), at.getColumnNr());
  }

  private void require(int count, Setting<Long> limit, String what) throws JsonParseException {
    if (count > limits.get(limit)) {
      throw new JsonParseException(
          parser, "it has too many %s, %s".formatted(what, limits.exceeded(limit)));
    }
  }

  private YamlNode sequence(JsonLocation at) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node());
    }
    return new YamlNode.Sequence(items, at.getLineNr(), at.getColumnNr());
  }

  private YamlNode mapping(JsonLocation at) throws IOException {
    Map<String, YamlNode.Pair> own = new LinkedHashMap<>();
    Map<String, YamlNode.Pair> merged = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JsonLocation keyAt = parser.currentTokenLocation();
      String name = parser.currentName();
      String anchor = parser.getObjectId();
      YamlNode.Scalar key =
          new YamlNode.Scalar(name, false, keyAt.getLineNr(), keyAt.getColumnNr());
      if (anchor != null) {
        anchors.put(anchor, key);
      }
      parser.nextToken();
      YamlNode value = node();
      if (name.equals("<<")) {
        merge(value, merged);
        continue;
      }
      if (own.putIfAbsent(name, new YamlNode.Pair(key, value)) != null) {
        problems.add(problem(keyAt, key.shown() + " stands here a second time; keep one of them"));
      }
    }
    merged.forEach(own::putIfAbsent);
    return new YamlNode.Mapping(List.copyOf(own.values()), at.getLineNr(), at.getColumnNr());
  }

  /** Takes over what {@code <<} names: see yaml.org/type/merge.html. The first one wins. */
  private void merge(YamlNode value, Map<String, YamlNode.Pair> merged) throws IOException {
    if (value instanceof YamlNode.Mapping mapping) {
      mergedKeys += mapping.pairs().size();
      if (mergedKeys > MAX_MERGED) {
        throw new JsonParseException(
            parser, "its << take over more than %s keys".formatted(MAX_MERGED));
      }
      mapping.pairs().forEach(pair -> merged.putIfAbsent(pair.key().text(), pair));
    } else if (value instanceof YamlNode.Sequence sequence
        && sequence.items().stream().allMatch(YamlNode.Mapping.class::isInstance)) {
      for (YamlNode item : sequence.items()) {
        merge(item, merged);
      }
    } else {
      problems.add(
          new Problem(value.line(), value.column(), "<< takes a mapping, not " + value.kind()));
    }
  }

  private static Problem problem(JsonLocation at, String message) {
    return new Problem(at.getLineNr(), at.getColumnNr(), message);
  }
}
