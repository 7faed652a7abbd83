package dev.stretcher.pack;

import dev.stretcher.process.Interrupts;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Goes through a tree in the order of the names' bytes, where the name of a directory ends in a
 * slash: so what is in a directory follows it, and the order is that of all names of the archive.
 * Follows no link, and keeps no more than the names in the directories that it is in.
 */
final class TreeWalk {
  private final Path root;
  private final PackFilter filter;
  private final Problems problems;
  private final Visitor visitor;

  TreeWalk(Path root, PackFilter filter, Problems problems, Visitor visitor) {
    this.root = root;
    this.filter = filter;
    this.problems = problems;
    this.visitor = visitor;
  }

  /** Something that is done with each file, directories before what is in them. */
  @FunctionalInterface
  interface Visitor {
    void visit(FoundFile file) throws IOException, InterruptedException;
  }

  void run() throws IOException, InterruptedException {
    enter(new FoundFile(root, new byte[0], Look.at(root)));
  }

  private void enter(FoundFile directory) throws IOException, InterruptedException {
    Interrupts.requireNone();
    visitor.visit(directory);
    for (byte[] name : names(directory)) {
      boolean isDirectory = name[name.length - 1] == '/';
      FoundFile child = look(directory, name);
      if (isDirectory != child.look().isDirectory()) {
        throw changed(child.text());
      }
      if (isDirectory) {
        enter(child);
      } else {
        visitor.visit(child);
      }
    }
    requireUnchanged(directory);
  }

  private static FoundFile look(FoundFile directory, byte[] name) throws IOException {
    Path path = directory.path().resolve(NativeText.path(name));
    byte[] whole = Arrays.copyOf(directory.name(), directory.name().length + name.length);
    System.arraycopy(name, 0, whole, directory.name().length, name.length);
    try {
      return new FoundFile(path, whole, Look.at(path));
    } catch (NoSuchFileException e) {
      throw changed(FoundFile.text(whole));
    }
  }

  /** Returns the names in a directory that are not left out, sorted. */
  private List<byte[]> names(FoundFile directory) throws IOException {
    List<byte[]> names = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory.path())) {
      for (Path child : children) {
        boolean isDirectory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
        if (!filter.excludes(root.relativize(child), isDirectory)) {
          names.add(name(child, isDirectory));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (AccessDeniedException e) {
      problems.add(directory.text(), "the directory may not be read");
    }
    names.sort(Arrays::compareUnsigned);
    return names;
  }

  private static byte[] name(Path child, boolean isDirectory) {
    byte[] name = NativeText.bytes(child.getFileName());
    if (!isDirectory) {
      return name;
    }
    byte[] slashed = Arrays.copyOf(name, name.length + 1);
    slashed[name.length] = '/';
    return slashed;
  }

  /** Refuses a file that is not as it was when its header was made. */
  static void requireUnchanged(FoundFile file) throws IOException {
    try {
      if (Look.at(file.path()).equals(file.look())) {
        return;
      }
    } catch (NoSuchFileException e) {
      throw changed(file.text());
    }
    throw changed(file.text());
  }

  static PackException changed(String name) {
    return new PackException(
        "'%s' changed while it was packed, expected a tree that no one changes; pack again once nothing writes to it, or pack a copy"
            .formatted(name));
  }
}
