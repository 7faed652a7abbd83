package dev.stretcher.sync.internal.plan;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says which contents and directories of an archive are not in dest yet. Thread-safe. */
public final class Needed implements ContentFilter {
  private static final int MOST_KNOWN = 1000;

  private final Path dest;
  private final SyncRules rules;
  private final FilterRules excludes;
  private final Comparer comparer;

  /**
   * An archive may have millions of directories; those that were not asked for lately are
   * forgotten.
   */
  private final Map<Path, Boolean> realDirectories =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
              return size() > MOST_KNOWN;
            }
          });

  /**
   * Creates the filter.
   *
   * @param excludes as far as they are known before the archive has arrived
   */
  public Needed(Path dest, SyncRules rules, FilterRules excludes, Comparer comparer) {
    this.dest = dest;
    this.rules = rules;
    this.excludes = excludes;
    this.comparer = comparer;
  }

  @Override
  public boolean needs(Entry entry) {
    boolean patterns = rules.excludeFrom().filter(entry.path()::equals).isPresent();
    if (patterns || entry.type() != EntryType.FILE) {
      return true;
    }
    return !isExcluded(entry.path(), false) && !isThere(entry);
  }

  @Override
  public boolean needsDirectory(Entry directory) {
    return !isExcluded(directory.path(), true) && !isRealDirectory(directory.path());
  }

  private boolean isExcluded(Path path, boolean directory) {
    // Patterns of the archive's own file may put something back in that these exclude.
    if (excludes.isEmpty() || rules.excludeFrom().isPresent()) {
      return false;
    }
    for (int depth = 1; depth < path.getNameCount(); depth++) {
      if (excludes.excludes(path.subpath(0, depth), true)) {
        return true;
      }
    }
    return excludes.excludes(path, directory);
  }

  private boolean isThere(Entry entry) {
    boolean comparable = rules.comparison() != Comparison.CHECKSUM || entry.digest().isPresent();
    if (!comparable || !isRealDirectory(Relative.parent(entry.path()))) {
      return false;
    }
    Path file = dest.resolve(entry.path());
    try {
      FileState wanted =
          FileState.leftOut(Kind.FILE, entry.mode(), entry.size(), entry.modified(), 0, 0);
      DirectoryEntry staged = new DirectoryEntry(entry.path(), wanted, entry.digest());
      FileState there = FileState.read(file);
      return switch (comparer.content(entry.path(), staged, there)) {
        case SAME -> true;
        case DIFFERENT -> false;
        case UNKNOWN ->
            comparer.isAdjustable(wanted, there)
                && ContentDigest.isOf(file, entry.digest().orElseThrow());
      };
    } catch (IOException e) {
      return false;
    }
  }

  /** A file behind a link is not in dest, even if its path looks like it. */
  private boolean isRealDirectory(Path directory) {
    if (Relative.isRoot(directory)) {
      return true;
    }
    Boolean known = realDirectories.get(directory);
    if (known == null) {
      known =
          isRealDirectory(Relative.parent(directory))
              && Files.isDirectory(dest.resolve(directory), LinkOption.NOFOLLOW_LINKS);
      realDirectories.put(directory, known);
    }
    return known;
  }
}
