package dev.stretcher.internal.unpack;

import dev.stretcher.internal.omit.NameTree;
import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.omit.Omitted;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.EntryName;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.Links;
import dev.stretcher.spi.ContentFilter;
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
import java.util.UUID;

/** One run over an archive: puts every entry into its place. */
final class Extraction {
  private final Entries entries;
  private final Path root;
  private final Attributes attributes;
  private final Directories directories;
  private final ContentWriter contents;
  private final ContentFilter needed;
  private final Ownership ownership;
  private final Omissions omissions = new Omissions();
  private final Budget budget;
  private final NameFolding folding;
  private final FreeSpace space;
  private final InnerLinks innerLinks;
  private final boolean linksInside;
  private Optional<FileMode> rootMode = Optional.empty();

  Extraction(Entries entries, Path root, ExtractOptions options, ContentFilter needed)
      throws IOException {
    this.entries = entries;
    this.root = root;
    this.needed = needed;
    this.attributes = new Attributes(options, root, true);
    this.budget = new Budget(options, root.toRealPath());
    NameTree names = new NameTree(UUID.randomUUID().hashCode());
    this.contents = new ContentWriter(entries, attributes);
    this.ownership = new Ownership(root, attributes);
    this.space = new FreeSpace(root);
    this.folding = new NameFolding(root);
    this.innerLinks = new InnerLinks(root, names);
    this.directories = new Directories(root, attributes, omissions, budget, names, folding, needed);
    this.linksInside = options.links() == Links.INSIDE;
  }

  ExtractionReport run() throws IOException, InterruptedException {
    for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
      if (directories.isImplied(entry)) {
        budget.giveBackImplied();
      }
      budget.take(entry);
      place(entry);
    }
    entries.finish();
    innerLinks.require();
    directories.finish(ownership);
    return new ExtractionReport(
        budget.entries(), budget.bytes(), rootMode, omissions, attributes.unknownOwners());
  }

  private void place(TarEntry entry) throws IOException, InterruptedException {
    if (entry.type() == EntryType.DIRECTORY) {
      placeDirectory(entry);
    } else if (entry.isRoot()) {
      throw ArchiveException.in(
          entry, "it stands for the whole tree, expected a directory; build the archive again");
    } else {
      directories.enterParents(entry);
      placeOther(entry, root.resolve(entry.path()));
    }
  }

  private void placeDirectory(TarEntry entry) throws IOException {
    if (entry.isRoot()) {
      rootMode = Optional.of(attributes.modeOf(entry));
      directories.describe(entry);
    } else if (directories.isKnown(entry.path())) {
      directories.describe(entry);
    } else {
      directories.enterParents(entry);
      omissions.remove(entry.path());
      remove(entry, root.resolve(entry.path()));
      directories.enter(entry);
    }
  }

  private void placeOther(TarEntry entry, Path target) throws IOException, InterruptedException {
    switch (entry.type()) {
      case FILE -> placeFile(entry, target);
      case HARD_LINK -> hardLink(entry, target);
      case SYMLINK -> symbolicLink(entry, target);
      default -> create(entry, target, path -> SpecialFile.create(entry, path));
    }
  }

  private void placeFile(TarEntry entry, Path target) throws IOException, InterruptedException {
    Optional<Digest> digest = entries.digest();
    if (needed.needs(entry.described(digest))) {
      space.require(entry.stored(), target);
      create(entry, target, path -> contents.write(entry, path));
    } else {
      remove(entry, target);
      omissions.add(
          entry.path(),
          budget.entries(),
          attributes.modeOf(entry),
          entry.size(),
          entry.modified(),
          ownership.of(entry),
          digest);
    }
  }

  private void symbolicLink(TarEntry entry, Path target) throws IOException, InterruptedException {
    create(entry, target, path -> SymbolicLink.create(entry, path));
    if (linksInside) {
      innerLinks.add(entry);
    }
  }

  private void create(TarEntry entry, Path target, Creation creation)
      throws IOException, InterruptedException {
    replacing(entry, target, creation);
    attributes.apply(entry, target);
  }

  private void hardLink(TarEntry entry, Path target) throws IOException, InterruptedException {
    Path existing = NativeText.path(EntryName.bytes(entry.linkTarget().orElseThrow()));
    Optional<Omitted> omitted = omissions.get(existing);
    boolean usable =
        directories.isKnown(Directories.parent(existing))
            && !directories.isKnown(existing)
            && (omitted.isPresent()
                || Files.exists(root.resolve(existing), LinkOption.NOFOLLOW_LINKS));
    if (!usable) {
      throw missing(entry);
    }
    if (existing.equals(entry.path())) {
      return;
    }
    if (omitted.isPresent()) {
      remove(entry, target);
      omissions.add(entry.path(), omitted.get());
      return;
    }
    try {
      replacing(entry, target, path -> Files.createLink(path, root.resolve(existing)));
    } catch (NoSuchFileException e) {
      throw missing(entry);
    }
    if (linksInside) {
      innerLinks.add(entry);
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
    omissions.remove(entry.path());
    directories.stageParents(entry);
    try {
      creation.at(target);
    } catch (FileAlreadyExistsException e) {
      remove(entry, target);
      creation.at(target);
    }
  }

  private void remove(TarEntry entry, Path target) throws IOException {
    if (omissions.isAnyIn(entry.path()) || directories.isAnyIn(entry.path())) {
      throw notEmpty(entry);
    }
    boolean there =
        directories.isStaged(Directories.parent(entry.path()))
            && Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (there) {
      folding.requireSameSpelling(entry, target);
      delete(entry, target);
    }
    directories.forget(entry.path());
  }

  private static void delete(TarEntry entry, Path target) throws IOException {
    try {
      Files.delete(target);
    } catch (DirectoryNotEmptyException e) {
      throw notEmpty(entry);
    }
  }

  private static ArchiveException notEmpty(TarEntry entry) {
    return ArchiveException.in(
        entry,
        "it has the name of a directory that is not empty; build the archive again, with one"
            + " entry for each name");
  }

  /** Creates something that must not be there yet. */
  @FunctionalInterface
  private interface Creation {
    void at(Path target) throws IOException, InterruptedException;
  }
}
