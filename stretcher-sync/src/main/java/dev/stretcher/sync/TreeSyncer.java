package dev.stretcher.sync;

import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.sync.internal.tree.TreeSync;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes dest equal to the staged tree without a program: for the same tree, dest and excludes, dest
 * is afterwards what {@code rsync -a --delete} makes of it. {@code sync_strategy: tree}, and the
 * default.
 *
 * <p>Preserved are regular files, directories, symbolic links (as links, whatever they point to),
 * named pipes, devices and sockets, with their modes (setuid, setgid and sticky bits too),
 * modification times and, as root, owners; otherwise groups where that is permitted. Hard links
 * become separate files. Excludes are patterns of rsync(1), "FILTER RULES".
 *
 * <p>Each file is renamed into its place, complete. Whenever the process dies, each name in dest
 * has its old or its new content, and the next sync does the rest. (A name that turns from a
 * directory into something else, or the other way round, is missing for the moment between two
 * renames.) New files come first, then names that are not in the tree are deleted. No link in dest
 * is followed, even if one takes the place of a directory, of dest or of the staged tree meanwhile.
 * A sync that would empty a file system mounted in dest is refused.
 *
 * <p>It works with as many threads as there are processors, at most eight. Stateless and
 * thread-safe.
 */
public final class TreeSyncer implements Syncer {
  /** Creates the syncer. */
  public TreeSyncer() {}

  @Override
  public String name() {
    return "tree";
  }

  /** Returns the file system of dest: files are renamed into it, and reserved names left alone. */
  @Override
  public Staging staging() {
    return Staging.ON_FILE_SYSTEM_OF_DEST;
  }

  @Override
  public Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.givenBesides(
        RuleKeys.EXCLUDES, RuleKeys.EXCLUDE_FROM, RuleKeys.COMPARE, RuleKeys.MAX_DELETE);
  }

  @Override
  public Optional<LeftAlone> leftAlone(List<String> excludes, byte[] excludeFrom)
      throws IOException {
    return Optional.of(FilterRules.of(excludeFrom, excludes)::excludes);
  }

  @Override
  public void check(SyncTarget target) throws IOException {
    TreeSync.check(target);
  }

  /**
   * Says which contents are not in dest yet: those of files that dest does not have with the same
   * size and, unless contents are compared, the same modification time to the second.
   */
  @Override
  public ContentFilter needed(SyncTarget target) throws IOException {
    return TreeSync.needed(target);
  }

  @Override
  public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    return Optional.of(TreeSync.plan(tree, target));
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    return TreeSync.sync(tree, target);
  }
}
