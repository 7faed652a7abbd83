package dev.stretcher.sync.internal.usage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Counts the bytes that would become free if a directory were removed. */
public final class DiskUse {
  private static final String ATTRIBUTES = "unix:isDirectory,size,nlink,ino,dev";

  private final Deque<Path> directories = new ArrayDeque<>();

  /** How many names are still to be found of a file that has several. */
  private final Map<String, Integer> missing = new HashMap<>();

  private long bytes;

  private DiskUse() {}

  /** Counts them; what vanishes meanwhile does not count. */
  public static long of(Path directory) throws IOException {
    DiskUse use = new DiskUse();
    use.directories.push(directory);
    while (!use.directories.isEmpty()) {
      use.look(use.directories.pop());
    }
    return use.bytes;
  }

  private void look(Path directory) throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        add(path);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It is being pruned.
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void add(Path path) throws IOException {
    Map<String, Object> read;
    try {
      read = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if ((Boolean) Objects.requireNonNull(read.get("isDirectory"))) {
      directories.push(path);
      return;
    }
    int links = (Integer) Objects.requireNonNull(read.get("nlink"));
    String inode = read.get("dev") + ":" + read.get("ino");
    if (links == 1 || missing.merge(inode, links - 1, (left, all) -> left - 1) == 0) {
      bytes += (Long) Objects.requireNonNull(read.get("size"));
    }
  }
}
