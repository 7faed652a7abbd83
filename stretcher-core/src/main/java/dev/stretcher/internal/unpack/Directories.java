package dev.stretcher.internal.unpack;

import dev.stretcher.internal.omit.NameTree;
import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.omit.Omitted;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.EntryName;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directories that the archive has brought so far, by their paths in it.
 *
 * <p>Nothing is written below a name that is not among them, hence never through a symbolic link.
 * One that a syncer does not need is staged only when something is put into it. Those that are
 * staged stay private until the end, when they get their attributes: filling them changes their
 * modification times, and their modes may forbid it.
 */
final class Directories {
  private static final Path ROOT = Path.of("");

  private final Path root;
  private final Attributes attributes;
  private final Omissions omissions;
  private final Budget budget;
  private final NameTree names;
  private final NameFolding folding;
  private final ContentFilter needed;

  /** By number of the name; null for what is not, or no more, a directory. */
  private @Nullable DirectoryAttributes[] known = new DirectoryAttributes[64];

  /** By number of the name: how many of these directories are in it. */
  private int[] inside = new int[64];

  /** By number of the name. */
  private final BitSet staged = new BitSet();

  private DirectoryAttributes last = DirectoryAttributes.IMPLIED;

  /** The directory that was asked for last, since many entries in a row are in one. */
  private Path recent = ROOT;

  /** Likewise, of those that are staged. */
  private Path recentStaged = ROOT;

  /**
   * Creates the directories of an archive, of which only the root is there.
   *
   * @param needed says which are staged even if nothing in them is
   */
  Directories(
      Path root,
      Attributes attributes,
      Omissions omissions,
      Budget budget,
      NameTree names,
      NameFolding folding,
      ContentFilter needed) {
    this.root = root;
    this.attributes = attributes;
    this.omissions = omissions;
    this.budget = budget;
    this.names = names;
    this.folding = folding;
    this.needed = needed;
    staged.set(NameTree.ROOT);
  }

  static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? ROOT : parent;
  }

  boolean isKnown(Path path) {
    if (path.equals(recent)) {
      return true;
    }
    boolean known = isKnown(names.find(path));
    if (known) {
      recent = path;
    }
    return known;
  }

  private boolean isKnown(int number) {
    return number == NameTree.ROOT
        || (number > 0 && number < known.length && known[number] != null);
  }

  /** Tells whether a directory is there, and not only known. */
  boolean isStaged(Path path) {
    if (path.equals(recentStaged)) {
      return true;
    }
    int number = names.find(path);
    boolean there = number != NameTree.NONE && staged.get(number);
    if (there) {
      recentStaged = path;
    }
    return there;
  }

  /** Tells whether a directory has others in it. */
  boolean isAnyIn(Path path) {
    int number = names.find(path);
    return number > 0 && number < inside.length && inside[number] > 0;
  }

  /** Takes note of the directories that {@code entry} lies in, as far as they are not known. */
  void enterParents(TarEntry entry) throws IOException {
    Path parent = parent(entry.path());
    if (isKnown(parent)) {
      return;
    }
    byte[] path = NativeText.bytes(parent);
    int at = NameTree.ROOT;
    for (int start = 0; start < path.length; ) {
      int end = NameTree.end(path, start);
      int number = names.find(at, path, start, end);
      if (!isKnown(number)) {
        Path missing = NativeText.path(Arrays.copyOf(path, end));
        requireFree(entry, missing);
        budget.takeImplied(entry);
        number = names.add(at, path, start, end);
        put(number, DirectoryAttributes.IMPLIED);
        stageIfNeeded(entry, implied(missing));
      }
      at = number;
      start = end + 1;
    }
  }

  private Entry implied(Path path) {
    return new Entry(
        path, EntryType.DIRECTORY, attributes.defaultMode(), 0, Instant.EPOCH, Optional.empty());
  }

  /** Refuses an entry that lies below something that is not a directory. */
  private void requireFree(TarEntry entry, Path path) throws ArchiveException {
    boolean taken =
        omissions.get(path).isPresent()
            || isStaged(parent(path))
                && Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    if (taken) {
      throw belowOther(entry, path);
    }
  }

  /** Takes note of a directory at a name that is free, with its final attributes. */
  void enter(TarEntry entry) throws IOException {
    describe(entry);
    stageIfNeeded(entry, entry.described());
  }

  /**
   * Where two spellings are one name, all directories are staged, so that it shows if the archive
   * has one in two spellings.
   */
  private void stageIfNeeded(TarEntry entry, Entry directory) throws IOException {
    if (needed.needsDirectory(directory) || folding.folds()) {
      stage(entry, directory.path());
    }
  }

  /** Creates the directories that {@code entry} lies in, as far as they are not there. */
  void stageParents(TarEntry entry) throws IOException {
    Path parent = parent(entry.path());
    if (!isStaged(parent)) {
      stage(entry, parent);
    }
  }

  private void stage(TarEntry entry, Path directory) throws IOException {
    byte[] path = NativeText.bytes(directory);
    int number = NameTree.ROOT;
    for (int start = 0; start < path.length; ) {
      int end = NameTree.end(path, start);
      number = names.find(number, path, start, end);
      if (!staged.get(number)) {
        create(entry, NativeText.path(Arrays.copyOf(path, end)));
        staged.set(number);
      }
      start = end + 1;
    }
  }

  private void create(TarEntry entry, Path path) throws IOException {
    Path directory = root.resolve(path);
    try {
      Files.createDirectory(directory, attributes.creation(Attributes.PRIVATE_DIRECTORY));
    } catch (FileAlreadyExistsException e) {
      throw belowOther(entry, path);
    }
    attributes.makeFillable(directory);
  }

  private static ArchiveException belowOther(TarEntry entry, Path path) {
    return ArchiveException.in(
        entry,
        "it lies below '"
            + EntryName.text(path)
            + "', which the archive has as something else, expected a directory; check where the"
            + " archive comes from");
  }

  /** Tells whether an entry is that of a directory which is known by what is in it. */
  boolean isImplied(TarEntry entry) {
    if (entry.type() != EntryType.DIRECTORY) {
      return false;
    }
    int number = names.find(entry.path());
    return number > 0 && isKnown(number) && known[number].isImplied();
  }

  /** Remembers the final attributes of a directory. */
  void describe(TarEntry entry) {
    int number = names.add(entry.path());
    last = DirectoryAttributes.of(entry, last);
    put(number, last);
  }

  private void put(int number, DirectoryAttributes attributes) {
    if (number >= known.length) {
      int length = Math.max(number + 1, 2 * known.length);
      known = Arrays.copyOf(known, length);
      inside = Arrays.copyOf(inside, length);
    }
    if (known[number] == null && number != NameTree.ROOT) {
      inside[names.parent(number)]++;
    }
    known[number] = attributes;
  }

  void forget(Path path) {
    int number = names.find(path);
    if (number > 0 && isKnown(number)) {
      recent = ROOT;
      recentStaged = ROOT;
      known[number] = null;
      inside[names.parent(number)]--;
      staged.clear(number);
    }
  }

  /** Gives all directories their attributes, the deepest first, and says which are not staged. */
  void finish(Ownership ownership) throws IOException, InterruptedException {
    for (int number = Math.min(names.size(), known.length) - 1; number >= 0; number--) {
      DirectoryAttributes wanted = known[number];
      if (wanted == null) {
        continue;
      }
      Path path = names.path(number);
      if (staged.get(number)) {
        finish(path, wanted);
      } else {
        omissions.addDirectory(path, omitted(path, wanted, ownership));
      }
    }
  }

  private Omitted omitted(Path path, DirectoryAttributes wanted, Ownership ownership)
      throws IOException {
    if (wanted.isImplied()) {
      // As if it was made just now.
      return Omitted.directory(
          attributes.defaultMode(), Files.getLastModifiedTime(root).toInstant(), ownership.ofNew());
    }
    TarEntry entry = wanted.entry(path);
    return Omitted.directory(attributes.modeOf(entry), entry.modified(), ownership.of(entry));
  }

  private void finish(Path path, DirectoryAttributes wanted)
      throws IOException, InterruptedException {
    Path directory = root.resolve(path);
    if (wanted.isImplied()) {
      attributes.applyDefault(directory);
    } else {
      attributes.apply(wanted.entry(path), directory);
    }
  }
}
