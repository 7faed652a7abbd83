package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.sync.internal.tree.Operation.Adjust;
import dev.stretcher.sync.internal.tree.Operation.Put;
import dev.stretcher.sync.internal.tree.Operation.Remove;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done to each name of one directory. It changes nothing, and reads nothing but
 * what the comparison of two files needs.
 *
 * <p>The decisions are those of {@code rsync -a --delete}: an excluded name is neither put nor
 * removed, see rsync(1), "FILTER RULES".
 */
final class DirectoryPlanner {
  /** Looks closer at two files of one name. */
  interface Contents {
    /** Tells whether the staged content is there already. */
    boolean same(Path path, FileState staged, FileState dest) throws IOException;

    /** Returns the target of a staged symbolic link. */
    Path linkTarget(Path path) throws IOException;
  }

  private final FilterRules excludes;
  private final Comparer comparer;
  private final Contents contents;

  DirectoryPlanner(FilterRules excludes, Comparer comparer, Contents contents) {
    this.excludes = excludes;
    this.comparer = comparer;
    this.contents = contents;
  }

  /**
   * Plans a directory.
   *
   * @param staged what is staged in it, sorted by name
   * @param dest what is in it in dest, sorted by name
   */
  DirectoryPlan plan(Pair directory, List<Found> staged, List<Found> dest) throws IOException {
    DirectoryPlan plan = new DirectoryPlan(directory);
    int s = 0;
    int d = 0;
    while (s < staged.size() || d < dest.size()) {
      int order = order(staged, s, dest, d);
      Found ours = order <= 0 ? staged.get(s++) : null;
      Found theirs = order >= 0 ? dest.get(d++) : null;
      decide(plan, ours, theirs);
    }
    return plan;
  }

  private static int order(List<Found> staged, int s, List<Found> dest, int d) {
    if (s == staged.size()) {
      return 1;
    }
    return d == dest.size() ? -1 : staged.get(s).name().compareTo(dest.get(d).name());
  }

  private void decide(DirectoryPlan plan, @Nullable Found staged, @Nullable Found dest)
      throws IOException {
    if (staged == null || isHidden(plan, staged)) {
      if (dest != null) {
        decideAlone(plan, dest);
      }
    } else if (dest == null) {
      put(plan, path(plan, staged), staged.state(), Optional.empty());
    } else {
      decideBoth(plan, path(plan, staged), staged.state(), dest.state());
    }
  }

  private boolean isHidden(DirectoryPlan plan, Found staged) {
    Path path = path(plan, staged);
    boolean hidden = !excludes.isEmpty() && excludes.excludes(path, staged.state().isDirectory());
    if (hidden && plan.directory.dest().isEmpty()) {
      plan.hidden.add(path);
    }
    return hidden;
  }

  private void decideAlone(DirectoryPlan plan, Found dest) {
    Path path = path(plan, dest);
    if (!excludes.isEmpty() && excludes.excludes(path, dest.state().isDirectory())) {
      plan.protects = true;
    } else {
      remove(plan, path, dest.state());
    }
  }

  private void decideBoth(DirectoryPlan plan, Path path, FileState staged, FileState dest)
      throws IOException {
    if (staged.isDirectory() && dest.isDirectory()) {
      plan.children.add(new Pair(path, Optional.of(staged), Optional.of(dest)));
      adjust(plan, path, staged, dest);
    } else if (contents.same(path, staged, dest)
        && (comparer.sameAttributes(staged, dest) || comparer.isAdjustable(staged, dest))) {
      plan.keptBytes += staged.kind() == Kind.FILE ? staged.size() : 0;
      adjust(plan, path, staged, dest);
    } else {
      put(plan, path, staged, Optional.of(dest));
    }
  }

  private void adjust(DirectoryPlan plan, Path path, FileState staged, FileState dest) {
    if (!comparer.sameAttributes(staged, dest)) {
      plan.adjusts.add(new Adjust(path, comparer.wanted(staged, dest), dest));
    }
  }

  private void put(DirectoryPlan plan, Path path, FileState staged, Optional<FileState> dest)
      throws IOException {
    Optional<Path> target =
        staged.kind() == Kind.SYMLINK ? Optional.of(contents.linkTarget(path)) : Optional.empty();
    boolean carried = plan.directory.dest().isEmpty();
    plan.puts.add(new Put(path, staged, dest, target, carried));
    if (staged.isDirectory()) {
      plan.children.add(new Pair(path, Optional.of(staged), Optional.empty()));
    }
    // A directory in the way is emptied like any other, and then makes way.
    dest.filter(FileState::isDirectory).ifPresent(state -> remove(plan, path, state));
  }

  private static void remove(DirectoryPlan plan, Path path, FileState dest) {
    plan.removes.add(new Remove(path, dest, false));
    if (dest.isDirectory()) {
      plan.children.add(new Pair(path, Optional.empty(), Optional.of(dest)));
    }
  }

  private static Path path(DirectoryPlan plan, Found found) {
    return Relative.child(plan.directory.path(), found.name());
  }
}
