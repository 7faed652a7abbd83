package dev.stretcher.option;

import java.util.Objects;

/**
 * Something that can be set: its name, kind, default, bounds and description are said once, here.
 * Flags, configuration keys, help, reference pages and the words of errors come from it. Immutable
 * and thread-safe; two settings are equal only if they are one object.
 *
 * <p>To add a setting, write a constant in {@link Settings} (or beside the class that it
 * configures), and use it.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {
  private final String name;
  private final Kind<T> kind;
  private final T standard;
  private final Topic topic;
  private final String description;

  private Setting(String name, Kind<T> kind, T standard, Topic topic, String description) {
    this.name = name;
    this.kind = kind;
    this.standard = standard;
    this.topic = topic;
    this.description = description;
  }

  /**
   * Creates a setting.
   *
   * @param name lower-case words joined by {@code -}, such as {@code retry-wait}
   * @param kind what its value is, with its bounds
   * @param standard the value where nobody sets one
   * @param topic what it is about
   * @param description what it does, one sentence of plain text, without the default
   */
  public static <T> Setting<T> of(
      String name, Kind<T> kind, T standard, Topic topic, String description) {
    return new Setting<>(name, kind, standard, topic, description);
  }

  /** Returns its name, such as {@code retry-wait}. */
  public String name() {
    return name;
  }

  /** Returns what its value is. */
  public Kind<T> kind() {
    return kind;
  }

  /** Returns the value where nobody sets one. */
  public T standard() {
    return standard;
  }

  /** Returns what it is about. */
  public Topic topic() {
    return topic;
  }

  /** Returns what it does. */
  public String description() {
    return description;
  }

  /** Tells whether people give it without a value. */
  public boolean isSwitch() {
    return kind.placeholder().isEmpty();
  }

  /**
   * Reads a value as people write it.
   *
   * @throws IllegalArgumentException if the text is not such a value, or out of bounds; the message
   *     has the reason and not the name
   */
  public T parse(String text) {
    T value = kind.parse(text);
    if (!kind.includes(value)) {
      throw new IllegalArgumentException("expected " + kind.expected() + ", not '" + text + "'");
    }
    return value;
  }

  /** Refuses a value out of bounds with an error that names this setting. */
  void require(T value) {
    if (!kind.includes(Objects.requireNonNull(value, name))) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s".formatted(name, kind.text(value), kind.expected()));
    }
  }

  /**
   * Returns the words for this setting in a message: {@code the setting retry-wait}. A program
   * whose users know another name, such as the name of a flag, can replace these words.
   */
  public String mention() {
    return "the setting " + name;
  }

  /** Returns the same with a value: {@code the setting on-busy=wait}. */
  public String mention(T value) {
    return mention() + "=" + kind.text(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
