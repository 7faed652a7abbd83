package dev.stretcher.sync.internal.release;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.text.NativeText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The list of what a release had when it was made: a line for each name, compressed by gzip. A line
 * has type, mode in octal, owner, group, size and time of modification, the name and, for a
 * symbolic link, its target, with tabs in between. The time of a directory is not in it.
 */
final class FileList {
  private static final String HEADER = "stretcher files 1";
  private static final char SEPARATOR = '\t';
  private static final String ABSENT = "-";
  private static final int FIELDS_BEFORE_NAME = 6;

  private FileList() {}

  /** Writes the list of a tree, and does not close the stream. */
  static void write(Path tree, OutputStream to) throws IOException {
    GZIPOutputStream compressed = new GZIPOutputStream(to);
    Writer lines =
        new BufferedWriter(new OutputStreamWriter(compressed, StandardCharsets.ISO_8859_1));
    lines.append(HEADER).append('\n');
    lines.append(line(tree, Relative.ROOT, FileState.readThrough(tree))).append('\n');
    Deque<Path> directories = new ArrayDeque<>();
    directories.push(Relative.ROOT);
    while (!directories.isEmpty()) {
      write(tree, directories.pop(), lines, directories);
    }
    lines.flush();
    compressed.finish();
  }

  private static void write(Path tree, Path directory, Writer lines, Deque<Path> directories)
      throws IOException {
    for (Path found : sorted(tree.resolve(directory))) {
      Path path = Relative.child(directory, Objects.requireNonNull(found.getFileName()));
      FileState state = FileState.read(found);
      lines.append(line(found, path, state)).append('\n');
      if (state.isDirectory()) {
        directories.push(path);
      }
    }
  }

  private static List<Path> sorted(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        found.add(path);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(found);
    return found;
  }

  /**
   * Returns the line of a file.
   *
   * @param file where it is
   * @param path relative to the tree
   */
  private static String line(Path file, Path path, FileState state) throws IOException {
    StringBuilder line = new StringBuilder(80);
    boolean link = state.kind() == Kind.SYMLINK;
    line.append(state.kind().name()).append(SEPARATOR);
    line.append(link ? ABSENT : Integer.toOctalString(state.mode())).append(SEPARATOR);
    line.append(state.uid()).append(SEPARATOR).append(state.gid()).append(SEPARATOR);
    if (state.kind() == Kind.FILE) {
      line.append(state.size()).append(SEPARATOR);
      line.append(state.second()).append('.').append(state.nano()).append(SEPARATOR);
    } else {
      line.append(ABSENT).append(SEPARATOR).append(ABSENT).append(SEPARATOR);
    }
    line.append(escaped(path));
    if (link) {
      line.append(SEPARATOR).append(escaped(Files.readSymbolicLink(file)));
    }
    return line.toString();
  }

  /** Byte by byte as Latin-1, without what separates. */
  private static String escaped(Path path) {
    String text = new String(NativeText.bytes(path), StandardCharsets.ISO_8859_1);
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescaped(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        char escaped = text.charAt(i);
        c = escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped;
      }
      result.append(c);
    }
    return result.toString();
  }

  /**
   * Returns names in a tree that are not as the list has them, in the order of the list.
   *
   * @param most how many are enough
   */
  static List<Path> differences(Path tree, InputStream from, int most) throws IOException {
    List<Path> different = new ArrayList<>();
    compare(
        tree,
        from,
        (path, listed, there) -> {
          if (there.filter(listed::equals).isEmpty()) {
            different.add(path);
          }
          return different.size() < most;
        });
    return different;
  }

  /** Is told of each name of a list. */
  @FunctionalInterface
  interface Look {
    /**
     * Looks at a name, and tells whether it wants to be told of more.
     *
     * @param listed its line
     * @param there what its line would be now; empty if it is gone
     */
    boolean at(Path path, String listed, Optional<String> there) throws IOException;
  }

  /** Reads a list, and looks at each of its names in a tree. */
  static void compare(Path tree, InputStream from, Look look) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(from), StandardCharsets.ISO_8859_1))) {
      if (!HEADER.equals(lines.readLine())) {
        throw new IOException("it is no list of files that this version knows");
      }
      boolean wanted = true;
      String line = lines.readLine();
      for (; line != null && wanted; line = lines.readLine()) {
        Path path = path(line);
        wanted = look.at(path, line, line(tree, path));
      }
    }
  }

  /** The fields of a line besides the name; {@code -} stands for what a type does not have. */
  record Line(String type, String mode, String owner, String size, String time, String target) {
    /** Takes a line apart that {@link #compare} has told. */
    static Line of(String line) {
      String[] fields = line.split(String.valueOf(SEPARATOR), -1);
      boolean link = fields.length > FIELDS_BEFORE_NAME + 1;
      return new Line(
          fields[0],
          fields[1],
          fields[2] + ":" + fields[3],
          fields[4],
          fields[5],
          link ? unescaped(fields[FIELDS_BEFORE_NAME + 1]) : ABSENT);
    }
  }

  private static Path path(String line) throws IOException {
    int start = 0;
    for (int i = 0; i < FIELDS_BEFORE_NAME; i++) {
      start = line.indexOf(SEPARATOR, start) + 1;
      if (start == 0) {
        throw new IOException("a line of its list of files is damaged");
      }
    }
    int end = line.indexOf(SEPARATOR, start);
    String name = unescaped(end < 0 ? line.substring(start) : line.substring(start, end));
    return NativeText.path(name.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<String> line(Path tree, Path path) throws IOException {
    try {
      Path file = tree.resolve(path);
      FileState state = Relative.isRoot(path) ? FileState.readThrough(tree) : FileState.read(file);
      return Optional.of(line(file, path, state));
    } catch (FileSystemException e) {
      // It is gone, or a directory above it is a file now.
      return Optional.empty();
    }
  }
}
