package dev.stretcher.sync.internal.directory;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * The attributes of a file in dest that show whether it is still the file of the plan.
 *
 * @param size in bytes
 */
public record SeenFile(boolean file, boolean directory, boolean link, long size, Instant modified) {
  static SeenFile of(BasicFileAttributes seen) {
    return new SeenFile(
        seen.isRegularFile(),
        seen.isDirectory(),
        seen.isSymbolicLink(),
        seen.size(),
        seen.lastModifiedTime().toInstant());
  }

  public boolean is(FileState planned) {
    return file == (planned.kind() == Kind.FILE)
        && directory == planned.isDirectory()
        && link == (planned.kind() == Kind.SYMLINK)
        // What is done to the content of a directory changes its size and time.
        && (directory || (size == planned.size() && modified.equals(planned.modified())));
  }
}
