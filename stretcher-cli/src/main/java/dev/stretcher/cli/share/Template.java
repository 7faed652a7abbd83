package dev.stretcher.cli.share;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A script in which the build fills in what the commands are. Immutable. */
record Template(String text) {
  /**
   * Reads one.
   *
   * @param name of a file beside this class
   */
  static Template of(String name) throws IOException {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new Template(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** Returns it with a text in the place of {@code @name@}. */
  Template with(String name, String filled) {
    String place = "@" + name + "@";
    if (!text.contains(place)) {
      throw new IllegalStateException("there is no " + place);
    }
    return new Template(text.replace(place, filled.stripTrailing()));
  }
}
