package dev.stretcher.internal.tar;

import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/** Turns a name from an archive into a path that stays inside the archive's root. */
public final class EntryName {
  private static final String REMEDY =
      "; check where the archive comes from, and build it with 'tar -C DIR -c .' or the like";

  /** PATH_MAX of Linux; what is longer is refused anyway. */
  private static final int LONGEST_SHOWN = 4096;

  private EntryName() {}

  /**
   * Returns the normalized relative path that {@code name} stands for, empty for the root.
   *
   * @throws ArchiveException if the name is absolute, has a {@code ..}, or cannot be a file name
   */
  static Path path(byte[] name) throws ArchiveException {
    if (name.length == 0) {
      throw ArchiveException.in(name, "the name is empty" + REMEDY);
    }
    if (name[0] == '/') {
      throw ArchiveException.in(name, "the name is absolute, expected a relative one" + REMEDY);
    }
    try {
      return NativeText.path(normalized(name));
    } catch (InvalidPathException e) {
      throw ArchiveException.in(name, e.getReason());
    }
  }

  /** Returns a link target byte by byte as Latin-1, since it may not be a path in Java's form. */
  static String exact(byte[] name) throws ArchiveException {
    for (byte b : name) {
      if (b == 0) {
        throw ArchiveException.in(name, "a name has a NUL byte, which no file name can" + REMEDY);
      }
    }
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  /** Returns the bytes of {@link #exact}. */
  public static byte[] bytes(String exact) {
    return exact.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns a path as text for people. */
  public static String text(Path path) {
    return text(NativeText.bytes(path));
  }

  /** Returns a name as text for people: what is not printable UTF-8 is replaced. */
  public static String text(byte[] name) {
    byte[] shown = name.length > LONGEST_SHOWN ? Arrays.copyOf(name, LONGEST_SHOWN) : name;
    String text = Printable.of(new String(shown, StandardCharsets.UTF_8));
    return shown == name ? text : text + "...";
  }

  private static byte[] normalized(byte[] name) throws ArchiveException {
    byte[] result = new byte[name.length];
    int length = 0;
    int start = 0;
    while (start <= name.length) {
      int end = endOfComponent(name, start);
      requireInside(name, start, end);
      if (isKept(name, start, end)) {
        if (length > 0) {
          result[length++] = '/';
        }
        System.arraycopy(name, start, result, length, end - start);
        length += end - start;
      }
      start = end + 1;
    }
    return length == name.length ? result : Arrays.copyOf(result, length);
  }

  private static int endOfComponent(byte[] name, int start) throws ArchiveException {
    int end = start;
    while (end < name.length && name[end] != '/') {
      if (name[end++] == 0) {
        throw ArchiveException.in(name, "the name has a NUL byte, which no file name can" + REMEDY);
      }
    }
    return end;
  }

  private static void requireInside(byte[] name, int start, int end) throws ArchiveException {
    if (end - start == 2 && name[start] == '.' && name[start + 1] == '.') {
      throw ArchiveException.in(
          name, "the name leads outside the archive, expected one without '..'" + REMEDY);
    }
  }

  private static boolean isKept(byte[] name, int start, int end) {
    return end - start > 1 || (end - start == 1 && name[start] != '.');
  }
}
