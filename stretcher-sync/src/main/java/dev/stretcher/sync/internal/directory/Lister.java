package dev.stretcher.sync.internal.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Lists directories. Immutable and thread-safe. */
public final class Lister {
  private final Privilege privilege;
  private final boolean opening;
  private final Map<Path, Integer> opened = new ConcurrentHashMap<>();

  /**
   * Creates a lister.
   *
   * @param opening whether it may open a directory that is closed to its own owner, as rsync does
   *     while it works
   */
  public Lister(Privilege privilege, boolean opening) {
    this.privilege = privilege;
    this.opening = opening;
  }

  /** Returns the content of {@code directory}, sorted by name. */
  public List<DirectoryEntry> list(Path directory, FileState state) throws IOException {
    if (opening && privilege == Privilege.NORMAL && !state.isOpenToOwner()) {
      opened.putIfAbsent(directory, state.mode());
      Files.setAttribute(directory, "unix:mode", state.mode() | FileState.OWNER_ALL);
    }
    List<DirectoryEntry> found = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path path : names) {
        add(path, found);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(DirectoryEntry.BY_NAME);
    return found;
  }

  /** Gives directories that were closed to their owner their modes back. */
  public void closeAgain() throws IOException {
    List<Path> deepestFirst =
        opened.keySet().stream()
            .sorted((a, b) -> Integer.compare(b.getNameCount(), a.getNameCount()))
            .toList();
    for (Path directory : deepestFirst) {
      if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.setAttribute(directory, "unix:mode", opened.getOrDefault(directory, 0));
      }
    }
  }

  private static void add(Path path, List<DirectoryEntry> found) throws IOException {
    try {
      FileState state = FileState.read(path);
      found.add(new DirectoryEntry(Objects.requireNonNull(path.getFileName()), state));
    } catch (NoSuchFileException e) {
      // It was deleted since the directory was read.
      return;
    }
  }
}
