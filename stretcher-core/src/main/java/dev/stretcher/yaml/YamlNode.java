package dev.stretcher.yaml;

import dev.stretcher.text.RedactedUri;
import java.util.List;

/** A part of a YAML document, and where it stands. Aliases are resolved. */
public sealed interface YamlNode {
  /** Returns the line, from 1. */
  int line();

  /** Returns the column, from 1. */
  int column();

  /** Returns what it is, for messages. */
  String kind();

  /**
   * A scalar.
   *
   * @param text as it is written, unquoted
   * @param plain whether it was written without quotes
   * @param line the line, from 1
   * @param column the column, from 1
   */
  record Scalar(String text, boolean plain, int line, int column) implements YamlNode {
    private static final int MAX_SHOWN = 150;

    /** Tells whether it stands for nothing: {@code key:}, {@code ~}, {@code null}. */
    public boolean isNull() {
      return plain && text.matches("|~|null|Null|NULL");
    }

    /** Returns the text in quotes, without what is secret in a URL, cut to what fits a message. */
    public String shown() {
      String safe = text.contains("://") ? RedactedUri.of(text) : text;
      return safe.length() > MAX_SHOWN
          ? "'" + safe.substring(0, MAX_SHOWN) + "...'"
          : "'" + safe + "'";
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "a single value";
    }
  }

  /**
   * A list.
   *
   * @param items what it has
   * @param line the line, from 1
   * @param column the column, from 1
   */
  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * A mapping; keys are unique.
   *
   * @param pairs what it has
   * @param line the line, from 1
   * @param column the column, from 1
   */
  record Mapping(List<Pair> pairs, int line, int column) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /**
   * What has a tag that means nothing here, such as {@code !keep}. No reader of a value takes it.
   *
   * @param tag the tag, with its exclamation marks
   * @param line the line, from 1
   * @param column the column, from 1
   */
  record Tagged(String tag, int line, int column) implements YamlNode {
    @Override
    public String kind() {
      return "the tag " + tag + MissingQuotes.REMEDY;
    }
  }

  /**
   * A key and its value.
   *
   * @param key the key
   * @param value the value
   */
  record Pair(Scalar key, YamlNode value) {}
}
