package dev.stretcher.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bytes of a variable, of which the JVM tells only what they are in the charset of its locale.
 */
final class EnvironmentBytes {
  /** What Linux keeps of the environment that this process began with. */
  static final Path FILE = Path.of("/proc/self/environ");

  private static final int LIMIT = 8 << 20;
  private static final Charset CHARSET = Charset.forName(System.getProperty("sun.jnu.encoding"));

  private EnvironmentBytes() {}

  /**
   * Returns the bytes of a variable, a character each, if these need not be those of its text in
   * UTF-8.
   *
   * @param value what the JVM has for it
   */
  static Optional<String> of(Path block, String name, String value) {
    if (value.chars().allMatch(c -> c < 0x80)) {
      return Optional.empty();
    }
    byte[] start = (name + '=').getBytes(CHARSET);
    String wanted = new String(start, StandardCharsets.ISO_8859_1);
    for (String variable : read(block).split("\0", -1)) {
      if (variable.startsWith(wanted)) {
        String bytes = variable.substring(wanted.length());
        boolean isSame =
            new String(bytes.getBytes(StandardCharsets.ISO_8859_1), CHARSET).equals(value);
        return isSame ? Optional.of(bytes) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String read(Path block) {
    try (InputStream in = Files.newInputStream(block)) {
      return new String(in.readNBytes(LIMIT), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Without /proc, the value is found as the JVM has it.
      return "";
    }
  }
}
