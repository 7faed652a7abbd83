package dev.stretcher.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Converts between Unicode text and the strings that this JVM exchanges with the operating system.
 *
 * <p>File names, arguments and environment variables of a POSIX system are bytes. The JVM decodes
 * them with one charset, chosen at its start. Stretcher's launcher chooses ISO-8859-1, under which
 * each byte is one character and no name is lost; text from a manifest (Unicode) then has to be
 * turned into such a <em>native</em> string and back. In a JVM that was started with another
 * charset, as an embedder's usually is with UTF-8, native strings are Unicode strings and the
 * conversions do nothing; names that are not valid in that charset cannot be expressed there.
 *
 * <p>Stateless and thread-safe. See {@code docs/adr/0002-names-are-bytes.md}.
 */
public final class NativeText {
  private static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding"));
  private static final Charset ARGUMENTS =
      Runtime.version().feature() >= 18 ? PATHS : Charset.defaultCharset();

  private NativeText() {}

  /** Tells whether every sequence of bytes can be a file name in this JVM. */
  public static boolean isByteExact() {
    return PATHS.equals(StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the path that {@code unicode} names, encoded in UTF-8.
   *
   * @throws InvalidPathException if this JVM's charset cannot express it, or it contains NUL
   */
  public static Path path(String unicode) {
    return Path.of(isByteExact() ? utf8AsLatin1(unicode) : unicode);
  }

  /**
   * Returns a file name, or a path with slashes, from its bytes, as a native string for {@link
   * Path#of} and {@link Path#resolve(String)}.
   *
   * @throws InvalidPathException if this JVM's charset cannot express it
   */
  public static String name(byte[] bytes) {
    if (isByteExact()) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidPathException(
          new String(bytes, StandardCharsets.UTF_8),
          "the name is not valid UTF-8, and this JVM cannot express other names; start it with"
              + " -Dsun.jnu.encoding=ISO-8859-1 -Dfile.encoding=ISO-8859-1");
    }
  }

  /** Returns the bytes that the operating system has for {@code path}. */
  public static byte[] bytes(Path path) {
    return path.toString()
        .getBytes(isByteExact() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** Returns {@code path} as text for people; bytes that are not UTF-8 become U+FFFD. */
  public static String text(Path path) {
    return isByteExact() ? new String(bytes(path), StandardCharsets.UTF_8) : path.toString();
  }

  /** Returns Unicode text as a native string, for an argument or a variable of a child process. */
  public static String argument(String unicode) {
    return ARGUMENTS.equals(StandardCharsets.ISO_8859_1) ? utf8AsLatin1(unicode) : unicode;
  }

  /** Returns a path as a native string, for an argument or a variable of a child process. */
  public static String argument(Path path) {
    return ARGUMENTS.equals(StandardCharsets.ISO_8859_1)
        ? new String(bytes(path), StandardCharsets.ISO_8859_1)
        : text(path);
  }

  /** Returns a native string, such as an argument or a variable of this process, as Unicode. */
  public static String unicode(String argument) {
    return ARGUMENTS.equals(StandardCharsets.ISO_8859_1)
        ? new String(argument.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        : argument;
  }

  private static String utf8AsLatin1(String unicode) {
    return new String(unicode.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
