package dev.stretcher.sync.internal.plan;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says which contents of an archive are not in dest yet. Thread-safe. */
public final class Needed implements ContentFilter {
  private static final int MOST_KNOWN = 1000;

  private final Path dest;
  private final SyncRules rules;
  private final FilterRules excludes;

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
  public Needed(Path dest, SyncRules rules, FilterRules excludes) {
    this.dest = dest;
    this.rules = rules;
    this.excludes = excludes;
  }

  @Override
  public boolean needs(Entry entry) {
    boolean patterns = rules.excludeFrom().filter(entry.path()::equals).isPresent();
    if (patterns || entry.type() != EntryType.FILE) {
      return true;
    }
    // Patterns of the archive's own file may put something back in that these exclude.
    boolean excluded = rules.excludeFrom().isEmpty() && isExcluded(entry.path());
    return !excluded && (rules.comparison() == Comparison.CHECKSUM || !isThere(entry));
  }

  private boolean isExcluded(Path file) {
    if (excludes.isEmpty()) {
      return false;
    }
    for (int depth = 1; depth < file.getNameCount(); depth++) {
      if (excludes.excludes(file.subpath(0, depth), true)) {
        return true;
      }
    }
    return excludes.excludes(file, false);
  }

  private boolean isThere(Entry entry) {
    if (!isRealDirectory(Relative.parent(entry.path()))) {
      return false;
    }
    try {
      BasicFileAttributes there =
          Files.readAttributes(
              dest.resolve(entry.path()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return there.isRegularFile()
          && there.size() == entry.size()
          && there.lastModifiedTime().toInstant().getEpochSecond()
              == entry.modified().getEpochSecond();
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
