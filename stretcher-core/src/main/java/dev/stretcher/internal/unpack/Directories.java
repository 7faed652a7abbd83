package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.EntryName;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The directories that the archive has brought so far, by their paths in it.
 *
 * <p>Nothing is written below a name that is not among them, hence never through a symbolic link.
 * They stay private until the end, when they get their attributes: filling them changes their
 * modification times, and their modes may forbid it.
 */
final class Directories {
  private static final Path ROOT = Path.of("");

  private final Path root;
  private final Attributes attributes;
  private final Omissions omissions;
  private final Budget budget;
  private final NameTree names;

  /** By number of the name; null for what is not, or no more, a directory. */
  private @Nullable DirectoryAttributes[] known = new DirectoryAttributes[64];

  private DirectoryAttributes last = DirectoryAttributes.IMPLIED;

  /** The directory that was asked for last, since many entries in a row are in one. */
  private Path recent = ROOT;

  public Directories(
      Path root, Attributes attributes, Omissions omissions, Budget budget, NameTree names) {
    this.root = root;
    this.attributes = attributes;
    this.omissions = omissions;
    this.budget = budget;
    this.names = names;
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

  /** Creates the directories that {@code entry} lies in, as far as they do not exist. */
  void createParents(TarEntry entry) throws IOException {
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
        createMissing(entry, NativeText.path(Arrays.copyOf(path, end)));
        number = names.add(at, path, start, end);
        put(number, DirectoryAttributes.IMPLIED);
      }
      at = number;
      start = end + 1;
    }
  }

  private void createMissing(TarEntry entry, Path path) throws IOException {
    if (omissions.get(path).isPresent()) {
      throw belowOther(entry, path);
    }
    budget.takeImplied(entry);
    try {
      create(root.resolve(path));
    } catch (FileAlreadyExistsException e) {
      throw belowOther(entry, path);
    }
  }

  private static ArchiveException belowOther(TarEntry entry, Path path) {
    return ArchiveException.in(
        entry,
        "it lies below '"
            + EntryName.text(path)
            + "', which the archive has as something else, expected a directory; check where the"
            + " archive comes from");
  }

  void create(Path directory) throws IOException {
    Files.createDirectory(directory, attributes.creation(Attributes.PRIVATE_DIRECTORY));
    attributes.makeFillable(directory);
  }

  /** Tells whether an entry is that of a directory which was created for what is in it. */
  boolean isImplied(TarEntry entry) {
    if (entry.type() != EntryType.DIRECTORY) {
      return false;
    }
    int number = names.find(entry.path());
    return number > 0 && isKnown(number) && known[number].isImplied();
  }

  /** Remembers the final attributes of a directory that exists. */
  void describe(TarEntry entry) {
    int number = names.add(entry.path());
    last = DirectoryAttributes.of(entry, last);
    put(number, last);
  }

  private void put(int number, DirectoryAttributes attributes) {
    if (number >= known.length) {
      known = Arrays.copyOf(known, Math.max(number + 1, 2 * known.length));
    }
    known[number] = attributes;
  }

  void forget(Path path) {
    recent = ROOT;
    int number = names.find(path);
    if (number > 0 && number < known.length) {
      known[number] = null;
    }
  }

  /** Gives all directories their attributes, the deepest first. */
  void finish() throws IOException, InterruptedException {
    for (int number = Math.min(names.size(), known.length) - 1; number >= 0; number--) {
      DirectoryAttributes wanted = known[number];
      if (wanted != null) {
        finish(names.path(number), wanted);
      }
    }
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
