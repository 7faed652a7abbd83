package dev.stretcher.sync.internal.directory;

import dev.stretcher.manifest.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The attributes of a file that {@code rsync -a} compares. A plan has two of them for each name
 * that changes, so it is kept small.
 *
 * @param kind what it is
 * @param mode the permissions, setuid, setgid and sticky bits
 * @param size in bytes
 * @param second of its modification, since 1970
 * @param nano of that second, as far as the file system keeps it
 * @param links the number of its names; none of what was left out of the staged tree
 * @param device for a device which one it is, else 0
 */
public record FileState(
    Kind kind,
    int mode,
    long size,
    long second,
    int nano,
    int uid,
    int gid,
    int links,
    long device) {
  static final int PERMISSIONS = 07777;
  public static final int OWNER_ALL = 0700;
  public static final int SET_ID = 06000;
  private static final int NO_LINKS = 0;

  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,uid,gid,nlink";

  /** Returns the state of a file that is not there, as an archive describes it. */
  public static FileState leftOut(
      Kind kind, FileMode mode, long size, Instant modified, int uid, int gid) {
    return new FileState(
        kind,
        mode.bits(),
        size,
        modified.getEpochSecond(),
        modified.getNano(),
        uid,
        gid,
        NO_LINKS,
        0);
  }

  /** Tells whether it was left out of the staged tree. */
  public boolean isLeftOut() {
    return links == NO_LINKS;
  }

  /** Reads the state of {@code path}, following no link. */
  public static FileState read(Path path) throws IOException {
    return of(path, Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
  }

  private static FileState of(Path path, Map<String, Object> read) throws IOException {
    int mode = (Integer) get(read, "mode");
    Kind kind = Kind.of(mode);
    Instant modified = ((FileTime) get(read, "lastModifiedTime")).toInstant();
    return new FileState(
        kind,
        mode & PERMISSIONS,
        (Long) get(read, "size"),
        modified.getEpochSecond(),
        modified.getNano(),
        (Integer) get(read, "uid"),
        (Integer) get(read, "gid"),
        (Integer) get(read, "nlink"),
        kind.isDevice() ? device(path) : 0);
  }

  private static Object get(Map<String, Object> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }

  /** Reads the state of {@code path}; empty if nothing is there. */
  public static Optional<FileState> readIfThere(Path path) throws IOException {
    try {
      return Optional.of(read(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static long device(Path path) throws IOException {
    return (Long) Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads the state of what {@code path} leads to, also through a link. */
  public static FileState readThrough(Path path) throws IOException {
    return of(path, Files.readAttributes(path, ATTRIBUTES));
  }

  public Instant modified() {
    return Instant.ofEpochSecond(second, nano);
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /** Tells whether its owner may list, search and change it. */
  public boolean isOpenToOwner() {
    return (mode & OWNER_ALL) == OWNER_ALL;
  }

  /**
   * Returns this state with the time of {@code there}, if both times are the same to the second.
   */
  public FileState keepingSecondOf(FileState there) {
    return hasSecondOf(there)
        ? new FileState(kind, mode, size, there.second, there.nano, uid, gid, links, device)
        : this;
  }

  public boolean hasSecondOf(FileState other) {
    return second == other.second;
  }
}
