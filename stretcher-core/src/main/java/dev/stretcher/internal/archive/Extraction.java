package dev.stretcher.internal.archive;

import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** One run over an archive: puts every entry into its place. */
final class Extraction {
  private final TarReader reader;
  private final Path root;
  private final Attributes attributes;
  private final Directories directories;
  private final ContentWriter contents;
  private long entries;
  private long bytes;
  private Optional<FileMode> rootMode = Optional.empty();

  Extraction(TarReader reader, Path root, ExtractOptions options) throws IOException {
    this.reader = reader;
    this.root = root;
    this.attributes = new Attributes(options, root);
    this.directories = new Directories(root, attributes);
    this.contents = new ContentWriter(reader, attributes);
  }

  ExtractionReport run() throws IOException, InterruptedException {
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      entries++;
      place(entry);
    }
    reader.drain();
    directories.finish();
    return new ExtractionReport(entries, bytes, rootMode);
  }

  private void place(TarEntry entry) throws IOException, InterruptedException {
    if (entry.type() == EntryType.DIRECTORY) {
      placeDirectory(entry);
    } else if (entry.isRoot()) {
      throw ArchiveException.in(
          entry, "it stands for the whole tree, expected a directory; build the archive again");
    } else {
      directories.requireParent(entry);
      placeOther(entry, root.resolve(entry.path()));
    }
  }

  private void placeDirectory(TarEntry entry) throws IOException, InterruptedException {
    if (entry.isRoot()) {
      rootMode = Optional.of(attributes.directoryMode(entry));
    } else if (!directories.isKnown(entry.path())) {
      directories.requireParent(entry);
      replacing(entry, root.resolve(entry.path()), directories::create);
    }
    directories.describe(entry);
  }

  private void placeOther(TarEntry entry, Path target) throws IOException, InterruptedException {
    switch (entry.type()) {
      case FILE -> {
        replacing(entry, target, path -> contents.write(entry, path));
        bytes += entry.size();
      }
      case SYMLINK -> replacing(entry, target, path -> SymbolicLink.create(entry, path));
      case HARD_LINK -> hardLink(entry, target);
      default -> replacing(entry, target, path -> SpecialFile.create(entry, path));
    }
    if (entry.type() != EntryType.HARD_LINK) {
      attributes.apply(entry, target);
    }
  }

  private void hardLink(TarEntry entry, Path target) throws IOException, InterruptedException {
    Path existing = NativeText.path(EntryName.bytes(entry.linkTarget().orElseThrow()));
    boolean usable =
        directories.isKnown(Directories.parent(existing))
            && !directories.isKnown(existing)
            && Files.exists(root.resolve(existing), LinkOption.NOFOLLOW_LINKS);
    if (!usable) {
      throw missing(entry);
    }
    if (existing.equals(entry.path())) {
      return;
    }
    try {
      replacing(entry, target, path -> Files.createLink(path, root.resolve(existing)));
    } catch (NoSuchFileException e) {
      throw missing(entry);
    }
  }

  private static ArchiveException missing(TarEntry entry) {
    return ArchiveException.in(
        entry,
        "it is a hard link to '"
            + entry.linkText()
            + "', expected a file that comes earlier in the archive; build the archive from the"
            + " whole tree");
  }

  /** Creates something at {@code target}; a later entry takes the place of an earlier one. */
  private void replacing(TarEntry entry, Path target, Creation creation)
      throws IOException, InterruptedException {
    try {
      creation.at(target);
    } catch (FileAlreadyExistsException e) {
      remove(entry, target);
      creation.at(target);
    }
  }

  private void remove(TarEntry entry, Path target) throws IOException {
    try {
      Files.delete(target);
      directories.forget(entry.path());
    } catch (DirectoryNotEmptyException e) {
      throw ArchiveException.in(
          entry,
          "it has the name of a directory that is not empty; build the archive again, with one"
              + " entry for each name");
    }
  }

  /** Creates something that must not be there yet. */
  @FunctionalInterface
  private interface Creation {
    void at(Path target) throws IOException, InterruptedException;
  }
}
