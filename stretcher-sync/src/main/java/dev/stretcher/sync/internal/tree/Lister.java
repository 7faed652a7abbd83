package dev.stretcher.sync.internal.tree;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Lists directories. Immutable and thread-safe. */
final class Lister {
  private static final Comparator<Found> BY_NAME = Comparator.comparing(Found::name);

  private final Privilege privilege;
  private final boolean opening;

  /**
   * Creates a lister.
   *
   * @param opening whether it may let the owner into a directory that is closed to them, as rsync
   *     does while it works
   */
  Lister(Privilege privilege, boolean opening) {
    this.privilege = privilege;
    this.opening = opening;
  }

  /** Returns what is in {@code directory}, sorted by name. */
  List<Found> list(Path directory, FileState state) throws IOException {
    if (opening && privilege == Privilege.NORMAL && !state.isOpenToOwner()) {
      Files.setAttribute(directory, "unix:mode", state.mode() | FileState.OWNER_ALL);
    }
    List<Found> found = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path path : names) {
        add(path, found);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(BY_NAME);
    return found;
  }

  private static void add(Path path, List<Found> found) throws IOException {
    try {
      FileState state = FileState.read(path);
      found.add(new Found(Objects.requireNonNull(path.getFileName()), state));
    } catch (NoSuchFileException e) {
      // It was deleted since the directory was read.
      return;
    }
  }
}
