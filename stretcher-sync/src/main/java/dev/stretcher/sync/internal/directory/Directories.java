package dev.stretcher.sync.internal.directory;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Opens directories below dest without following a link on the way. Thread-safe. */
public final class Directories {
  private final PinnedPlace root;

  /**
   * Held while descriptors are searched, so that the search finds none that is about to be closed.
   */
  private final ReadWriteLock passing = new ReentrantReadWriteLock();

  /**
   * Creates the tree.
   *
   * @param root which is opened anew each time, and never another one than this
   */
  public Directories(PinnedPlace root) {
    this.root = root;
  }

  /** Work in an open directory. */
  @FunctionalInterface
  public interface Action {
    void in(OpenDirectory directory) throws IOException, InterruptedException;
  }

  /** Opens the directory at {@code path}, relative to dest, for {@code action}. */
  public void in(Path path, Action action) throws IOException, InterruptedException {
    try (OpenDirectory directory = open(path)) {
      action.in(directory);
    }
  }

  /** Opens the directory at {@code path} if it can be entered without following a link. */
  public Optional<OpenDirectory> openIfThere(Path path) {
    try {
      return Optional.of(open(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Runs {@code action} on a regular file in {@code directory}, alone. */
  public void pinned(OpenDirectory directory, Path file, OpenDirectory.PathAction action)
      throws IOException {
    passing.writeLock().lock();
    try {
      directory.onFile(file, action);
    } finally {
      passing.writeLock().unlock();
    }
  }

  /** Runs {@code action} with a path of {@code directory}, alone. */
  public void pinned(OpenDirectory directory, OpenDirectory.PathAction action) throws IOException {
    passing.writeLock().lock();
    try {
      action.at(directory.path());
    } finally {
      passing.writeLock().unlock();
    }
  }

  private OpenDirectory open(Path path) throws IOException {
    passing.readLock().lock();
    try {
      OpenDirectory directory = openRoot();
      if (Relative.isRoot(path)) {
        return directory;
      }
      for (Path name : path) {
        directory = step(directory, name, path);
      }
      return directory;
    } finally {
      passing.readLock().unlock();
    }
  }

  private static OpenDirectory step(OpenDirectory from, Path name, Path path) throws IOException {
    try (from) {
      return from.open(name);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      FileSystemException changed =
          new FileSystemException(
              NativeText.text(path),
              null,
              "it can no longer be entered as the directory that it was: %s; see who changes dest, and deploy again"
                  .formatted(e.getReason()));
      changed.initCause(e);
      throw changed;
    }
  }

  @SuppressWarnings("StreamResourceLeak") // the directory takes it over
  private OpenDirectory openRoot() throws IOException {
    DirectoryStream<Path> stream = root.open();
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new SecureDirectory(secure, root.path());
    }
    stream.close();
    return new PlainDirectory(root.path());
  }
}
