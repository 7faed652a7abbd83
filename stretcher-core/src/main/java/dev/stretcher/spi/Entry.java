package dev.stretcher.spi;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of an archive.
 *
 * @param path relative to the archive's root, normalized; empty for the root itself
 * @param type what it is
 * @param mode its permission bits
 * @param size the bytes of its content, 0 if it has none
 * @param modified when its content was modified, to the nanosecond if the archive says so
 * @param linkTarget for a symbolic link its target, for a hard link the path of the file that came
 *     earlier
 * @param digest the SHA-256 of its content, holes included, if the archive has a table of contents
 *     that says so; whatever is staged under it was verified
 */
public record Entry(
    Path path,
    EntryType type,
    FileMode mode,
    long size,
    Instant modified,
    Optional<Path> linkTarget,
    Optional<Digest> digest) {
  /** Creates an entry of an archive that does not say the digests of its contents. */
  public Entry(
      Path path,
      EntryType type,
      FileMode mode,
      long size,
      Instant modified,
      Optional<Path> linkTarget) {
    this(path, type, mode, size, modified, linkTarget, Optional.empty());
  }
}
