package dev.stretcher.option;

import java.util.List;

/**
 * The kind of value that a {@link Setting} has, and how people write it; {@link Kinds} has the
 * usual kinds. Immutable and thread-safe.
 *
 * @param <T> the type of the value
 */
public abstract class Kind<T> {
  /** Creates a kind, for a program that has settings of its own. */
  protected Kind() {}

  /**
   * Returns the placeholder of the value in a summary, such as {@code DURATION}; empty for a
   * switch, which is on if it is given without a value.
   */
  public abstract String placeholder();

  /**
   * Reads a value.
   *
   * @param text the value as people write it
   * @throws IllegalArgumentException if the text is not such a value; the message has the reason
   *     and not the name of the setting
   */
  public abstract T parse(String text);

  /** Returns a value as people write it. */
  public abstract String text(T value);

  /** Tells whether a setting of this kind may have this value. */
  public boolean includes(T value) {
    return true;
  }

  /** Returns the values that a setting may have, for the sentence "it is X, expected …". */
  public String expected() {
    return "";
  }

  /**
   * Returns values that people may choose among, as they write them; empty if they cannot be
   * listed. A setting may have others as well, such as the name of a plug-in.
   */
  public List<String> choices() {
    return List.of();
  }
}
