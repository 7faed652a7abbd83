package dev.stretcher.internal.deployed;

import dev.stretcher.file.ReservedNames;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.tar.EntryName;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.option.Options;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.Difference;
import dev.stretcher.report.Difference.Kind;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares a dest with what was deployed there: twice over the table of contents, since a later
 * entry of a name takes the place of an earlier one, and once over dest.
 */
public final class DestCheck {
  private static final Path ROOT = Path.of("");

  private final DeployedToc deployed;
  private final Path dest;
  private final Syncer.LeftAlone leftAlone;
  private final Options limits;
  private final EntryCheck check;
  private final PathTable names;
  private final List<Difference> differences = new ArrayList<>();

  /** By number of the name: which entry is the last one of it, from 1 on. */
  private int[] last = new int[64];

  /** The files that hard links name, each with its entry and digest once that has come. */
  private final Map<Path, Linked> linked = new HashMap<>();

  private long compared;
  private Path parent = ROOT;
  private boolean parentIsLeftAlone;
  private boolean parentIsBelowLink;

  /**
   * Creates a check.
   *
   * @param leftAlone the names that the deploy has left alone
   * @param full whether contents are read
   */
  public DestCheck(
      DeployedToc deployed, Path dest, Syncer.LeftAlone leftAlone, boolean full, Options limits) {
    this.deployed = deployed;
    this.dest = dest;
    this.leftAlone = leftAlone;
    this.limits = limits;
    this.check = new EntryCheck(deployed.host(), full);
    this.names =
        new PathTable(deployed.toc().digests(), UUID.randomUUID().getMostSignificantBits());
  }

  /** A file that has more names. */
  private record Linked(TarEntry entry, ByteBuffer digest) {}

  /** Returns how many names of the archive were compared. */
  public long compared() {
    return compared;
  }

  /** Returns what differs, sorted by path. */
  public List<Difference> run() throws IOException, InterruptedException {
    if (!Files.isDirectory(dest)) {
      return List.of(new Difference(ROOT, Kind.MISSING, "it is not a directory"));
    }
    learnNames();
    compare();
    findExtra();
    differences.sort(Comparator.comparing(Difference::path));
    return differences;
  }

  private void learnNames() throws IOException, InterruptedException {
    int number = 0;
    try (TocEntries entries = new TocEntries(deployed.toc(), Contents.NONE, limits)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        int name = add(entry.path());
        last[name] = ++number;
        addParents(entry.path());
        if (entry.type() == EntryType.HARD_LINK) {
          linked.put(target(entry), new Linked(entry, ByteBuffer.allocate(0)));
        }
      }
    }
  }

  private int add(Path path) {
    int name = names.add(path);
    if (name == last.length) {
      last = Arrays.copyOf(last, 2 * name);
    }
    return name;
  }

  /** An archive need not have entries for the directories that its names lie in. */
  private void addParents(Path path) {
    for (Path above = path.getParent();
        above != null && names.find(above) == PathTable.NONE;
        above = above.getParent()) {
      add(above);
    }
  }

  private static Path target(TarEntry link) {
    return NativeText.path(EntryName.bytes(link.linkTarget().orElseThrow()));
  }

  private void compare() throws IOException, InterruptedException {
    int number = 0;
    byte[] digest = new byte[32];
    try (TocEntries entries = new TocEntries(deployed.toc(), Contents.NONE, limits)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        entries.digest(digest);
        number++;
        if (entry.type() == EntryType.FILE && linked.containsKey(entry.path())) {
          linked.put(entry.path(), new Linked(entry, ByteBuffer.wrap(digest.clone())));
        }
        if (last[names.find(entry.path())] == number && !isLeftAlone(entry)) {
          compare(entry, digest);
        }
      }
    }
  }

  private void compare(TarEntry entry, byte[] digest) throws IOException, InterruptedException {
    Interrupts.requireNone();
    if (entry.isRoot()) {
      // Its mode may be the manifest's.
      return;
    }
    compared++;
    Path path = dest.resolve(entry.path());
    Optional<FileLook> there = parentIsBelowLink ? Optional.empty() : FileLook.at(path);
    if (there.isEmpty()) {
      differences.add(new Difference(entry.path(), Kind.MISSING, ""));
      return;
    }
    Linked expected = expected(entry, digest);
    List<String> found;
    try {
      found = check.differences(expected.entry(), expected.digest().array(), path, there.get());
    } catch (IOException e) {
      found = List.of("it cannot be read: " + Reason.of(e));
    }
    if (!found.isEmpty()) {
      differences.add(new Difference(entry.path(), Kind.CHANGED, String.join("; ", found)));
    }
  }

  private Linked expected(TarEntry entry, byte[] digest) {
    @Nullable Linked file = entry.type() == EntryType.HARD_LINK ? linked.get(target(entry)) : null;
    return file == null ? new Linked(entry, ByteBuffer.wrap(digest)) : file;
  }

  /** What is behind a link is not in dest. */
  private boolean isBelowLink(Path directory) {
    for (Path above = directory; above != null; above = above.getParent()) {
      if (Files.isSymbolicLink(dest.resolve(above))) {
        return true;
      }
    }
    return false;
  }

  private boolean isLeftAlone(TarEntry entry) {
    if (entry.isRoot()) {
      return false;
    }
    Path above = entry.path().getParent() == null ? ROOT : entry.path().getParent();
    if (!above.equals(parent)) {
      parent = above;
      parentIsLeftAlone = isAnyLeftAlone(above);
      parentIsBelowLink = isBelowLink(above);
    }
    return parentIsLeftAlone || isLeftAlone(entry.path(), entry.type() == EntryType.DIRECTORY);
  }

  private boolean isAnyLeftAlone(Path directory) {
    for (int depth = 1; !directory.equals(ROOT) && depth <= directory.getNameCount(); depth++) {
      if (isLeftAlone(directory.subpath(0, depth), true)) {
        return true;
      }
    }
    return false;
  }

  /** Names of deploys that are running lie in a dest that another dest is in. */
  private boolean isLeftAlone(Path path, boolean directory) {
    byte[] name = NativeText.bytes(path.getFileName());
    return ReservedNames.isReserved(new String(name, StandardCharsets.ISO_8859_1))
        || leftAlone.is(path, directory);
  }

  private void findExtra() throws IOException, InterruptedException {
    Deque<Path> directories = new ArrayDeque<>(List.of(ROOT));
    while (!directories.isEmpty()) {
      Interrupts.requireNone();
      Path directory = directories.pop();
      try (DirectoryStream<Path> found = Files.newDirectoryStream(dest.resolve(directory))) {
        for (Path each : found) {
          look(directory.resolve(each.getFileName()), directories);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  private void look(Path path, Deque<Path> directories) throws IOException {
    Optional<FileLook> there = FileLook.at(dest.resolve(path));
    if (there.isEmpty() || isLeftAlone(path, there.get().isDirectory())) {
      return;
    }
    if (names.find(path) == PathTable.NONE) {
      differences.add(new Difference(path, Kind.EXTRA, there.get().kind()));
    } else if (there.get().isDirectory()) {
      directories.push(path);
    }
  }
}
