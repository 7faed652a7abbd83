package dev.stretcher.internal.tar;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a tar archive, with what only an extraction needs to know.
 *
 * @param path relative to the archive's root, normalized; empty for the root itself
 * @param linkTarget byte by byte as Latin-1: a symbolic link's target as it is written, a hard
 *     link's path
 * @param size the bytes of its content, holes included
 * @param stored the bytes that the archive holds of it
 * @param announced the bytes that its header announces besides, and that no tar stores
 * @param userName the owner's name, byte by byte as Latin-1; empty if the archive has none
 * @param groupName the group's name, likewise
 */
public record TarEntry(
    Path path,
    EntryType type,
    FileMode mode,
    long size,
    long stored,
    long announced,
    Instant modified,
    Optional<String> linkTarget,
    Optional<SparseMap> sparse,
    long uid,
    long gid,
    String userName,
    String groupName,
    long deviceMajor,
    long deviceMinor) {

  public boolean isRoot() {
    return path.toString().isEmpty();
  }

  /** Returns its name as text for people. */
  public String text() {
    return isRoot() ? "." : EntryName.text(path);
  }

  /** Returns what it links to as text for people. */
  public String linkText() {
    return linkTarget.map(target -> EntryName.text(EntryName.bytes(target))).orElse("");
  }

  /** Returns an entry that has no content as a syncer sees it. */
  public Entry described() {
    return described(Optional.empty());
  }

  /**
   * Returns the entry as a syncer sees it.
   *
   * @param digest that of its content, if the archive says it
   */
  public Entry described(Optional<Digest> digest) {
    return new Entry(
        path,
        type,
        mode,
        size,
        modified,
        linkTarget.map(target -> NativeText.path(EntryName.bytes(target))),
        digest);
  }
}
