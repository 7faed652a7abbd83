package dev.stretcher.pack;

import dev.stretcher.text.Printable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file of the tree, and what a look at it showed. */
final class FoundFile {
  private static final byte[] HERE = {'.', '/'};

  private final Path path;
  private final byte[] name;
  private final Look look;

  /**
   * Creates it.
   *
   * @param name relative to the root of the tree, as bytes; a directory's name ends in a slash,
   *     unless it is the root, whose name is empty
   */
  FoundFile(Path path, byte[] name, Look look) {
    this.path = path;
    this.name = name;
    this.look = look;
  }

  Path path() {
    return path;
  }

  byte[] name() {
    return name;
  }

  Look look() {
    return look;
  }

  /** Returns the name that the archive has for it, such as {@code ./bin/shop}. */
  byte[] entryName() {
    return entryName(name);
  }

  static byte[] entryName(byte[] name) {
    byte[] entry = new byte[HERE.length + name.length];
    System.arraycopy(HERE, 0, entry, 0, HERE.length);
    System.arraycopy(name, 0, entry, HERE.length, name.length);
    return entry;
  }

  /** Returns the name as text for people. */
  String text() {
    return text(name);
  }

  static String text(byte[] name) {
    return name.length == 0 ? "." : Printable.of(new String(name, StandardCharsets.UTF_8));
  }
}
