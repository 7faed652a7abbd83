package dev.stretcher.text;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Converts between the names of files, which are bytes, and what Java has for them.
 *
 * <p>The JVM decodes names with the charset of its locale, and a name that is not valid there
 * cannot be made from a string. The {@code file:} URI of a path has its bytes, whatever the locale;
 * this is how paths are made here when a string would not do. See {@code
 * docs/adr/0002-names-are-bytes.md}.
 *
 * <p>Stateless and thread-safe.
 */
public final class NativeText {
  private static final Path ROOT = Path.of("/");
  private static final boolean UTF8_PATHS =
      Charset.forName(System.getProperty("sun.jnu.encoding")).equals(StandardCharsets.UTF_8);
  private static final String HEX = "0123456789ABCDEF";

  private NativeText() {}

  /**
   * Returns the path that {@code unicode} names, in UTF-8.
   *
   * @throws InvalidPathException if it contains NUL or half a surrogate pair
   */
  public static Path path(String unicode) {
    if (unicode.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new InvalidPathException(unicode, "half a surrogate pair is no character");
    }
    return path(unicode.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the path that has these bytes; several slashes in a row are one, and one at the end is
   * none, as in all paths of Java.
   *
   * @throws InvalidPathException if they contain NUL
   */
  public static Path path(byte[] bytes) {
    String ascii = new String(bytes, StandardCharsets.ISO_8859_1);
    if (isAscii(ascii)) {
      return Path.of(ascii);
    }
    if (ascii.indexOf('\0') >= 0) {
      throw new InvalidPathException(text(bytes), "a name has no NUL character");
    }
    Path absolute = Path.of(URI.create("file://" + encode(bytes)));
    return bytes[0] == '/' ? absolute : absolute.subpath(0, absolute.getNameCount());
  }

  /** Returns the bytes that the operating system has for {@code path}. */
  public static byte[] bytes(Path path) {
    String text = path.toString();
    if (isAscii(text) || (UTF8_PATHS && text.indexOf('\ufffd') < 0)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = decode(ROOT.resolve(path).toUri().getRawPath());
    int start = path.isAbsolute() ? 0 : 1;
    // The URI of a directory ends with a slash.
    int end = bytes.length > 1 && bytes[bytes.length - 1] == '/' ? bytes.length - 1 : bytes.length;
    return java.util.Arrays.copyOfRange(bytes, start, end);
  }

  /** Returns {@code path} as text for people; bytes that are not UTF-8 become U+FFFD. */
  public static String text(Path path) {
    return text(bytes(path));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Asked several times for each entry of an archive: no stream. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String encode(byte[] bytes) {
    StringBuilder encoded = new StringBuilder(bytes.length * 2).append('/');
    for (byte b : bytes) {
      boolean slash = b == '/';
      if (slash && encoded.charAt(encoded.length() - 1) == '/') {
        continue;
      }
      if (slash) {
        encoded.append('/');
      } else {
        encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      }
    }
    return encoded.toString().replaceFirst("(?<=.)/$", "");
  }

  private static byte[] decode(String rawPath) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(rawPath.length());
    for (int i = 0; i < rawPath.length(); i++) {
      if (rawPath.charAt(i) == '%') {
        bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(rawPath.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
