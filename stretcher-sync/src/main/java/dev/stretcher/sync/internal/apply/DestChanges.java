package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.directory.SeenFile;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The names that are no longer as planned, because someone else changes dest. Thread-safe. */
final class DestChanges {
  private final Collection<Path> names = new ConcurrentLinkedQueue<>();

  /**
   * Confirms that a name in dest is still what the plan was made for. If it is not, records the
   * name, so that it is planned again.
   *
   * @return whether the operation may go on as planned
   */
  boolean confirm(Path path, Optional<SeenFile> there, Optional<FileState> planned) {
    boolean same =
        planned.isEmpty() ? there.isEmpty() : there.isPresent() && there.get().is(planned.get());
    if (!same) {
      names.add(path);
    }
    return same;
  }

  /** Returns the names, sorted, and forgets them. */
  List<Path> take() {
    List<Path> taken = names.stream().sorted().distinct().toList();
    names.clear();
    return taken;
  }

  /** A step on one name. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /**
   * Runs {@code step}; a failure names {@code path}, since calls in a directory know only the last
   * part of it.
   */
  void naming(Path path, Step step) throws IOException {
    try {
      step.run();
    } catch (FileSystemException e) {
      String name = Relative.isRoot(path) ? "dest itself" : NativeText.text(path);
      FileSystemException named = new FileSystemException(name, null, reason(e));
      named.initCause(e);
      throw named;
    }
  }

  private static String reason(FileSystemException e) {
    if (e.getReason() != null) {
      return e.getReason();
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied; deploy as the user who owns dest";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "something was put into it just now; see who changes dest, and deploy again";
    }
    return e instanceof NoSuchFileException
        ? "it is gone; see who changes dest, and deploy again"
        : e.toString();
  }
}
