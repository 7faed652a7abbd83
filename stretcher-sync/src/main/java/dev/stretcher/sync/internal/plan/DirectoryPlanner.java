package dev.stretcher.sync.internal.plan;

import dev.stretcher.file.ReservedNames;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides the operation on each name of one directory. It changes nothing, and reads only files
 * that it must compare.
 *
 * <p>The decisions are those of {@code rsync -a --delete}: an excluded name is neither put nor
 * removed, see rsync(1), "FILTER RULES".
 */
final class DirectoryPlanner {
  /** Looks closer at two files of one name. */
  interface Contents {
    /** Tells whether the content, a link's target or a file's bytes, is there already. */
    boolean same(Path path, DirectoryEntry staged) throws IOException;

    /** Returns the target of a staged symbolic link. */
    Path linkTarget(Path path) throws IOException;
  }

  private final FilterRules excludes;
  private final Comparer comparer;
  private final Contents contents;
  private final boolean telling;

  /**
   * Creates a planner.
   *
   * @param telling whether the log is going to have each name
   */
  DirectoryPlanner(FilterRules excludes, Comparer comparer, Contents contents, boolean telling) {
    this.telling = telling;
    this.excludes = excludes;
    this.comparer = comparer;
    this.contents = contents;
  }

  /**
   * Plans a directory.
   *
   * @param staged its staged names, sorted
   * @param dest its names in dest, sorted
   */
  DirectoryPlan plan(
      DirectoryPair directory, List<DirectoryEntry> staged, List<DirectoryEntry> dest)
      throws IOException {
    DirectoryPlan plan = new DirectoryPlan(directory);
    int s = 0;
    int d = 0;
    while (s < staged.size() || d < dest.size()) {
      int order = order(staged, s, dest, d);
      DirectoryEntry ours = order <= 0 ? staged.get(s++) : null;
      DirectoryEntry theirs = order >= 0 ? dest.get(d++) : null;
      decide(plan, ours, theirs);
    }
    plan.adjusts.complete();
    return plan;
  }

  private static int order(List<DirectoryEntry> staged, int s, List<DirectoryEntry> dest, int d) {
    if (s == staged.size()) {
      return 1;
    }
    return d == dest.size() ? -1 : staged.get(s).name().compareTo(dest.get(d).name());
  }

  private void decide(
      DirectoryPlan plan, @Nullable DirectoryEntry staged, @Nullable DirectoryEntry dest)
      throws IOException {
    boolean excluded = staged != null && isExcluded(plan, staged);
    if (staged != null
        && excluded
        && plan.directory.dest().isEmpty()
        && !staged.state().isLeftOut()) {
      plan.hidden.add(path(plan, staged));
    }
    if (staged == null || excluded) {
      if (dest != null) {
        decideAlone(plan, dest);
      }
    } else if (dest == null) {
      put(plan, staged, Optional.empty());
    } else {
      decideBoth(plan, staged, dest.state());
    }
  }

  private boolean isExcluded(DirectoryPlan plan, DirectoryEntry found) {
    return !excludes.isEmpty() && excludes.excludes(path(plan, found), found.state().isDirectory());
  }

  private void decideAlone(DirectoryPlan plan, DirectoryEntry dest) {
    if (isExcluded(plan, dest) || ReservedNames.isReserved(dest.name().toString())) {
      plan.protects = true;
    } else {
      plan.present++;
      remove(plan, dest.name(), dest.state());
    }
  }

  private void decideBoth(DirectoryPlan plan, DirectoryEntry found, FileState dest)
      throws IOException {
    plan.present++;
    FileState staged = found.state();
    if (staged.isDirectory() && dest.isDirectory()) {
      plan.children.add(
          new DirectoryPair(path(plan, found), Optional.of(staged), Optional.of(dest)));
      adjust(plan, found, dest);
      return;
    }
    boolean same = isThere(plan, found, dest);
    if (same && canStay(staged, dest)) {
      plan.keptBytes += staged.kind() == Kind.FILE ? staged.size() : 0;
      plan.retimes |= comparer.wouldBeWritten(staged, dest);
      adjust(plan, found, dest);
    } else {
      plan.putsForAttributes += same ? 1 : 0;
      put(plan, found, Optional.of(dest));
    }
  }

  private boolean canStay(FileState staged, FileState dest) {
    return comparer.sameAttributes(staged, dest) || comparer.isAdjustable(staged, dest);
  }

  /** Tells whether dest has the staged content already. */
  private boolean isThere(DirectoryPlan plan, DirectoryEntry staged, FileState dest)
      throws IOException {
    Path path = path(plan, staged);
    return switch (comparer.content(path, staged, dest)) {
      case SAME -> true;
      case DIFFERENT -> false;
      case UNKNOWN -> contents.same(path, staged);
    };
  }

  private void adjust(DirectoryPlan plan, DirectoryEntry staged, FileState dest) {
    if (!comparer.sameAttributes(staged.state(), dest)) {
      plan.adjusts.put(staged.name(), comparer.wanted(staged.state(), dest), dest);
    }
  }

  private void put(DirectoryPlan plan, DirectoryEntry found, Optional<FileState> dest)
      throws IOException {
    FileState staged = found.state();
    boolean carried = plan.directory.dest().isEmpty();
    // One with several names is parted from the others; one that was left out is staged first.
    boolean comes = staged.isDirectory() ? !staged.isLeftOut() : staged.links() == 1;
    if (carried && comes) {
      carry(plan, found);
    } else {
      Path directory = plan.directory.path();
      Optional<Path> target = linkTarget(plan, found);
      plan.puts.add(new Put(directory, found.name(), staged, dest, target, carried));
    }
    if (staged.isDirectory()) {
      plan.children.add(
          new DirectoryPair(path(plan, found), Optional.of(staged), Optional.empty()));
    }
    // A directory in the way is emptied like any other, and then makes way.
    dest.filter(FileState::isDirectory).ifPresent(state -> remove(plan, found.name(), state));
  }

  private void carry(DirectoryPlan plan, DirectoryEntry found) throws IOException {
    FileState staged = found.state();
    plan.carried++;
    plan.carriedBytes += staged.kind() == Kind.FILE ? staged.size() : 0;
    if (telling) {
      plan.carriedLines
          .append(staged.kind() == Kind.SYMLINK ? CarriedNames.LINK : CarriedNames.OTHER)
          .append(PlanText.name(found.name(), staged, linkTarget(plan, found)))
          .append(CarriedNames.END);
    }
  }

  private Optional<Path> linkTarget(DirectoryPlan plan, DirectoryEntry found) throws IOException {
    return found.state().kind() == Kind.SYMLINK
        ? Optional.of(contents.linkTarget(path(plan, found)))
        : Optional.empty();
  }

  private static void remove(DirectoryPlan plan, Path name, FileState dest) {
    Path directory = plan.directory.path();
    plan.removes.add(new Remove(directory, name, dest, false));
    if (dest.isDirectory()) {
      plan.children.add(
          new DirectoryPair(Relative.child(directory, name), Optional.empty(), Optional.of(dest)));
    }
  }

  private static Path path(DirectoryPlan plan, DirectoryEntry found) {
    return Relative.child(plan.directory.path(), found.name());
  }
}
