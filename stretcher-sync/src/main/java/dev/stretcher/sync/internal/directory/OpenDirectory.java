package dev.stretcher.sync.internal.directory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An open directory in dest: its methods act in this very directory, whatever becomes of its name
 * meanwhile. Names are single components, and are never followed if they are links. Used by one
 * thread at a time.
 */
public interface OpenDirectory extends Closeable {
  /** Returns the file with the name. */
  Optional<SeenFile> look(Path name) throws IOException;

  /** Opens a directory in it. */
  OpenDirectory open(Path name) throws IOException;

  /** Returns the names in it. */
  List<Path> names() throws IOException;

  /**
   * Renames a file of another directory to the same name in this one, replacing the file that has
   * it; see rename(2).
   *
   * @param staged of the same kind as this
   */
  void take(OpenDirectory staged, Path name) throws IOException;

  /**
   * Renames a file back that was given away.
   *
   * @param away an absolute path in a private directory
   */
  void takeBack(Path away, Path name) throws IOException;

  /**
   * Renames a file to a path outside.
   *
   * @param away an absolute path in a private directory
   */
  void give(Path name, Path away) throws IOException;

  /** Renames within this directory. */
  void rename(Path name, Path other) throws IOException;

  /** Deletes a file, which is not a directory. */
  void deleteFile(Path name) throws IOException;

  /** Deletes an empty directory. */
  void deleteDirectory(Path name) throws IOException;

  /**
   * Opens a regular file in it for {@code action}, which gets a path that leads to that file
   * whatever happens to its name.
   */
  void onFile(Path name, PathAction action) throws IOException;

  /** Work on a file by a path. */
  @FunctionalInterface
  interface PathAction {
    void at(Path path) throws IOException;
  }

  /**
   * Sets the modification time of this directory.
   *
   * @return false if the time is finer than this can set
   */
  boolean setModified(Instant time) throws IOException;

  /** Returns a path of this directory that stays right as long as this is open. */
  Path path() throws IOException;

  @Override
  void close() throws IOException;
}
