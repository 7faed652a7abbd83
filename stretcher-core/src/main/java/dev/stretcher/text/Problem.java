package dev.stretcher.text;

import java.io.Serializable;

/**
 * Something wrong or odd in a text that people wrote, such as a manifest, and where it stands.
 * Immutable.
 *
 * @param line the line, from 1; 0 when the problem is the text as a whole
 * @param column the column, from 1; 0 when it is unknown
 * @param message what is wrong, on which key, what was expected and what to do
 */
public record Problem(int line, int column, String message) implements Serializable {
  /** Keeps the message on one line: it may quote the text. */
  public Problem {
    message = Printable.of(message);
  }

  /** Returns {@code line L, column C: message}, without the parts that are unknown. */
  @Override
  public String toString() {
    if (line == 0) {
      return message;
    }
    return column == 0
        ? "line %s: %s".formatted(line, message)
        : "line %s, column %s: %s".formatted(line, column, message);
  }
}
