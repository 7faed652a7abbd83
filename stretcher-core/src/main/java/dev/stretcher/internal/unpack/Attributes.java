package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.unpack.ExtractOptions.Owners;
import dev.stretcher.internal.unpack.ExtractOptions.Permissions;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.EntryType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Gives a new file its owner, its time and its mode, in as few calls as possible. */
final class Attributes {
  static final int PRIVATE_DIRECTORY = 0700;
  private static final int PRIVATE_FILE = 0600;
  private static final int OWNER_READ = 0400;
  private static final int SETGID = 02000;

  private final ExtractOptions options;
  private final ModificationTime times = new ModificationTime();
  private final OwnerRestoration owners;
  private final Map<Integer, FileAttribute<Set<PosixFilePermission>>> creations = new HashMap<>();
  private final int inherited;

  /**
   * Creates the attributes of an extraction.
   *
   * @param fresh whether the tree is being made, so that all of its directories are still alike
   */
  public Attributes(ExtractOptions options, Path root, boolean fresh) throws IOException {
    this.options = options;
    this.owners = new OwnerRestoration(fresh);
    this.inherited =
        SETGID & (Integer) Files.getAttribute(root, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the attributes to create a file with; the umask applies to them. */
  FileAttribute<Set<PosixFilePermission>> creation(int mode) {
    return creations.computeIfAbsent(
        mode & 0777,
        bits -> PosixFilePermissions.asFileAttribute(new FileMode(bits).permissions()));
  }

  /**
   * Returns the attributes to create an entry's file with, so that its mode is right from the start
   * if possible.
   */
  FileAttribute<Set<PosixFilePermission>> creation(TarEntry file) {
    int mode = mode(file);
    return creation((mode & OWNER_READ) == 0 ? PRIVATE_FILE : mode);
  }

  /** Makes up for a umask that takes permissions from the owner. */
  void makeFillable(Path directory) throws IOException {
    if ((options.umask() & PRIVATE_DIRECTORY) != 0) {
      setMode(directory, PRIVATE_DIRECTORY | inherited);
    }
  }

  /** Gives {@code target}, which was just created, its owner; tells whether that took a change. */
  boolean restoreOwner(TarEntry entry, Path target) throws IOException {
    return options.owners() == Owners.RESTORE && owners.restore(entry, target);
  }

  /** Applies the attributes of {@code entry} to {@code target}, which was created for it. */
  void apply(TarEntry entry, Path target) throws IOException, InterruptedException {
    boolean changed = restoreOwner(entry, target);
    if (entry.type() == EntryType.FILE && needsReadPermission()) {
      setMode(target, PRIVATE_FILE);
    }
    times.set(entry, target);
    // Last, because a new owner takes setuid and setgid away.
    if (entry.type() != EntryType.SYMLINK && (changed || !isCreatedWith(entry))) {
      setMode(target, mode(entry));
    }
  }

  /** Makes a directory that the archive has no entry for like a new one. */
  void applyDefault(Path directory) throws IOException {
    setMode(directory, defaultMode().bits());
  }

  /** Returns the mode of such a directory. */
  FileMode defaultMode() {
    return new FileMode(0777 & ~options.umask() | inherited);
  }

  UnknownOwners unknownOwners() {
    return owners.unknown();
  }

  FileMode modeOf(TarEntry entry) {
    return new FileMode(mode(entry));
  }

  private int mode(TarEntry entry) {
    int bits = entry.mode().bits();
    if (options.permissions() == Permissions.EXACT) {
      return bits;
    }
    int kept = bits & 0777 & ~options.umask();
    return entry.type() == EntryType.DIRECTORY ? kept | inherited : kept;
  }

  /** The time is set through an open file, which a strange umask may have made unreadable. */
  private boolean needsReadPermission() {
    return (options.umask() & OWNER_READ) != 0 && options.owners() == Owners.OWN;
  }

  private boolean isCreatedWith(TarEntry entry) {
    int mode = mode(entry);
    return entry.type() == EntryType.FILE
        && (mode & OWNER_READ) != 0
        && (mode & ~0777) == 0
        && (mode & options.umask()) == 0;
  }

  private static void setMode(Path target, int mode) throws IOException {
    Files.setAttribute(target, "unix:mode", mode);
  }
}
