package dev.stretcher.sync.internal.reuse;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.directory.DescriptorSearch;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of the live release, as a source of those of a new one. Used by one thread. */
final class LiveFiles {
  private static final int OTHERS_WRITE = 022;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final PinnedPlace live;
  private final Directories directories;
  private final TrustedDirectories trusted;
  private final Path tree;
  private final Unchanged unchanged;
  private final Privilege privilege = Privilege.ofThisProcess();
  private final Attributes attributes = new Attributes(privilege);
  private final List<Path> missed = new ArrayList<>();

  /** Where one file could not stay linked, each is looked at before it is linked in vain. */
  private boolean looksFirst;

  /**
   * Creates the source.
   *
   * @param live is held
   * @param trusted its directories
   * @param tree the root of the new release, which is private
   */
  LiveFiles(PinnedPlace live, TrustedDirectories trusted, Path tree, Unchanged unchanged) {
    this.live = live;
    this.directories = new Directories(live);
    this.trusted = trusted;
    this.tree = tree;
    this.unchanged = unchanged;
  }

  /** Returns the files that the live release does not have any more. */
  List<Path> missed() {
    return missed;
  }

  /**
   * Brings files of one directory into the tree.
   *
   * @param cloned those that are there already, but without their attributes
   */
  void bring(Path directory, Collection<OmittedFile> files, Set<Path> cloned)
      throws IOException, InterruptedException {
    List<OmittedFile> left = new ArrayList<>();
    for (OmittedFile file : files) {
      Path path = Relative.child(directory, file.name());
      if (cloned.contains(path)) {
        attributes.adjust(tree.resolve(path), wanted(file));
      } else {
        left.add(file);
      }
    }
    if (!left.isEmpty()) {
      bringFrom(directory, left);
    }
  }

  private void bringFrom(Path directory, List<OmittedFile> files)
      throws IOException, InterruptedException {
    if (trusted.is(directory)) {
      bringFrom(directory, live.stable().resolve(directory), files);
      return;
    }
    Optional<OpenDirectory> opened = directories.openIfThere(directory);
    if (opened.isEmpty()) {
      files.forEach(file -> missed.add(Relative.child(directory, file.name())));
      return;
    }
    try (OpenDirectory from = opened.get()) {
      bringFrom(directory, DescriptorSearch.alone(from::path), files);
    }
  }

  /**
   * Brings files by a path.
   *
   * @param here the path of the directory, which leads to no other one meanwhile
   */
  private void bringFrom(Path directory, Path here, List<OmittedFile> files) throws IOException {
    for (OmittedFile file : files) {
      Path path = Relative.child(directory, file.name());
      if (!bring(path, file, here.resolve(file.name()))) {
        Files.deleteIfExists(tree.resolve(path));
        missed.add(path);
      }
    }
  }

  private static FileState wanted(OmittedFile file) {
    return FileState.leftOut(
        Kind.FILE, file.mode(), file.size(), file.modified(), file.uid(), file.gid());
  }

  /** Brings a file; false if the live release does not have it as it was. */
  private boolean bring(Path path, OmittedFile file, Path there) throws IOException {
    FileState wanted = wanted(file);
    Path made = tree.resolve(path);
    if (mayBeLinked(wanted) && link(path, file, there, made)) {
      return true;
    }
    Optional<FileState> before = read(path, file, there);
    if (before.isEmpty()
        || !copy(there, made, file.size())
        || !read(path, file, there).equals(before)) {
      return false;
    }
    attributes.adjust(made, wanted);
    return true;
  }

  /**
   * Links a file, if the live release has it as it was. That is asked of the link, which nobody
   * else can change: whoever may write in the directory of the file may put another one there at
   * any time.
   */
  private boolean link(Path path, OmittedFile file, Path there, Path made) throws IOException {
    if ((looksFirst && !looksAlike(there, file)) || !link(there, made)) {
      return false;
    }
    FileState linked = FileState.read(made);
    if (linked.kind() == Kind.FILE
        && isAlike(linked, wanted(file))
        && unchanged.isSame(path, file, linked)) {
      return true;
    }
    Files.delete(made);
    looksFirst = true;
    return false;
  }

  private static boolean looksAlike(Path there, OmittedFile file) {
    try {
      return isAlike(FileState.read(there), wanted(file));
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<FileState> read(Path path, OmittedFile file, Path there) {
    try {
      FileState state = FileState.read(there);
      return unchanged.isSame(path, file, state) ? Optional.of(state) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A file that is written in place changes in all releases that it is linked into. One that only
   * root may write is as safe as the releases are.
   */
  private boolean mayBeLinked(FileState file) {
    return privilege == Privilege.ROOT && file.uid() == 0 && (file.mode() & OTHERS_WRITE) == 0;
  }

  private static boolean isAlike(FileState there, FileState wanted) {
    return there.size() == wanted.size()
        && there.mode() == wanted.mode()
        && there.uid() == wanted.uid()
        && there.gid() == wanted.gid()
        && there.modified().equals(wanted.modified());
  }

  private static boolean link(Path there, Path made) {
    try {
      Files.createLink(made, there);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      // It has too many names, or the file system has no links: it is copied.
      return false;
    }
  }

  /** Copies a content; false if the file cannot be read, or has another size. */
  private static boolean copy(Path there, Path made, long size) throws IOException {
    Optional<FileChannel> opened = open(there);
    if (opened.isEmpty()) {
      return false;
    }
    try (FileChannel in = opened.get();
        FileChannel out =
            FileChannel.open(
                made, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), PRIVATE)) {
      return SparseCopy.copy(in, out, size) && in.size() == size;
    }
  }

  private static Optional<FileChannel> open(Path there) {
    try {
      return Optional.of(
          FileChannel.open(there, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
