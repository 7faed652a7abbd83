package dev.stretcher.internal.reserved;

import dev.stretcher.internal.reserved.Reserved.Reach;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The homes of the users of a host, of passwd(5). Users of a directory service are not in that
 * file.
 */
final class Homes {
  private static final int NAME = 0;
  private static final int HOME = 5;

  private Homes() {}

  /**
   * Returns the homes, each once, of {@code etc/passwd} below {@code root}, which is {@code /} but
   * in tests. Lines that are not as they should be are passed over.
   *
   * @throws IOException if the file is there and cannot be read
   */
  static List<Reserved> in(Path root) throws IOException {
    Map<Path, Reserved> homes = new LinkedHashMap<>();
    for (String line : text(passwd(root)).split("\n")) {
      home(line.split(":", -1), root).ifPresent(home -> homes.putIfAbsent(home.path(), home));
    }
    return List.copyOf(homes.values());
  }

  static Path passwd(Path root) {
    return root.resolve("etc/passwd");
  }

  /** Returns the file with a character for each byte: names are bytes, not text. */
  private static String text(Path passwd) throws IOException {
    try {
      return new String(Files.readAllBytes(passwd), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static Optional<Reserved> home(String[] fields, Path root) {
    if (fields.length <= HOME || !isUser(fields[NAME]) || !fields[HOME].startsWith("/")) {
      return Optional.empty();
    }
    try {
      Path home = NativeText.path(bytes(fields[HOME])).normalize();
      String user = new String(bytes(fields[NAME]), StandardCharsets.UTF_8);
      return Optional.of(
          new Reserved(
              root.resolve(home.getRoot().relativize(home)),
              // A plus sign costs milliseconds, once: the JVM makes classes for it.
              "the home of user ".concat(user),
              Reach.ITSELF));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** What begins with a plus or a minus refers to NIS; a number sign makes a comment. */
  private static boolean isUser(String name) {
    return !name.isEmpty() && "#+-".indexOf(name.charAt(0)) < 0;
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }
}
