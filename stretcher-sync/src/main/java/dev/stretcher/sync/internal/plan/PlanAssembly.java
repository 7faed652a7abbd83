package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import dev.stretcher.text.NativeText;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the plans of directories together. Decides what only all of them together show: a directory
 * in dest with an excluded name in it stays, and so do the directories above it.
 */
public final class PlanAssembly {
  /** The deepest comes first; dest itself is last. */
  private static final Comparator<Operation> DEEPEST_FIRST =
      (a, b) -> a.depth() == b.depth() ? Operation.BY_PATH.compare(a, b) : b.depth() - a.depth();

  /** Of one depth, no name of one directory is between those of another. */
  private static final Comparator<DirectoryAdjusts> DEEPEST_ADJUSTS_FIRST =
      (a, b) -> DEEPEST_FIRST.compare(a.iterator().next(), b.iterator().next());

  private final List<Put> puts = new ArrayList<>();
  private final List<Remove> removes = new ArrayList<>();
  private final List<DirectoryAdjusts> adjusts = new ArrayList<>();
  private final List<Path> hidden = new ArrayList<>();
  private final Map<Path, FileState> directories = new HashMap<>();
  private final Map<Path, FileState> opened = new HashMap<>();
  private final Set<Path> onlyInDest = new HashSet<>();
  private final Set<Path> kept = new HashSet<>();
  private final Privilege privilege;
  private final List<CarriedNames> carried = new ArrayList<>();
  private long carriedNames;
  private long carriedBytes;
  private long keptBytes;
  private long present;

  PlanAssembly(Privilege privilege) {
    this.privilege = privilege;
  }

  /** Adds the adjust of dest itself. */
  void adjustRoot(FileState wanted, FileState dest) {
    DirectoryAdjusts root = new DirectoryAdjusts(Relative.ROOT);
    root.put(Relative.ROOT, wanted, dest);
    adjusts.add(root.complete());
  }

  /** Adds the directories of one level, and returns the directories in them. */
  List<DirectoryPair> add(Collection<DirectoryPlan> plans) {
    plans.forEach(this::remember);
    return addPartly(plans);
  }

  /** Adds some names of directories, and returns the directories among them. */
  List<DirectoryPair> addPartly(Collection<DirectoryPlan> plans) {
    List<DirectoryPair> next = new ArrayList<>();
    for (DirectoryPlan plan : plans) {
      puts.addAll(plan.puts);
      removes.addAll(plan.removes);
      if (!plan.adjusts.isEmpty()) {
        adjusts.add(plan.adjusts);
      }
      hidden.addAll(plan.hidden);
      keptBytes += plan.keptBytes;
      addCarried(plan);
      present += plan.present;
      next.addAll(plan.children);
    }
    return next;
  }

  private void addCarried(DirectoryPlan plan) {
    carriedNames += plan.carried;
    carriedBytes += plan.carriedBytes;
    if (plan.carriedLines.length() > 0) {
      carried.add(CarriedNames.in(plan.directory.path(), plan.carriedLines.toString()));
    }
  }

  private void remember(DirectoryPlan plan) {
    Path path = plan.directory.path();
    if (plan.directory.staged().isPresent()) {
      rememberStaged(plan, plan.directory.staged().get());
      return;
    }
    onlyInDest.add(path);
    if (plan.protects) {
      for (Path each = path; onlyInDest.contains(each); each = Relative.parent(each)) {
        kept.add(each);
      }
    }
  }

  private void rememberStaged(DirectoryPlan plan, FileState staged) {
    Path path = plan.directory.path();
    Optional<FileState> dest = plan.directory.dest();
    // Where rsync would only set attributes, it leaves the directory's time alone.
    boolean onlyAttributes =
        plan.puts.size() == plan.putsForAttributes
            && plan.removes.isEmpty()
            && !plan.retimes
            && dest.isPresent();
    // A new directory comes as it is staged, unless something is to be done in it before.
    if (dest.isPresent() || !plan.puts.isEmpty() || !plan.hidden.isEmpty()) {
      directories.put(path, onlyAttributes ? staged.keepingSecondOf(dest.get()) : staged);
    }
    if (Relative.isRoot(path) && dest.isEmpty()) {
      puts.add(new Put(path, path, staged, Optional.empty(), Optional.empty(), false));
    }
    if (privilege == Privilege.NORMAL && !dest.orElse(staged).isOpenToOwner()) {
      opened.put(path, staged.keepingSecondOf(dest.orElse(staged)));
    }
  }

  TreePlan finish() throws FileSystemException {
    puts.sort(Operation.BY_PATH);
    carried.sort((a, b) -> a.directory().compareTo(b.directory()));
    adjusts.sort(DEEPEST_ADJUSTS_FIRST);
    return new TreePlan(
        List.copyOf(puts),
        List.copyOf(carried),
        removes(obstacles()),
        new Adjusts(List.copyOf(adjusts)),
        List.copyOf(hidden),
        Map.copyOf(opened),
        Map.copyOf(directories),
        new TreePlan.Carried(carriedNames, carriedBytes),
        keptBytes,
        present);
  }

  /** Returns the directories in dest that make way for other files. */
  private Set<Path> obstacles() throws FileSystemException {
    Set<Path> obstacles = new HashSet<>();
    for (Put put : puts) {
      if (put.dest().filter(FileState::isDirectory).isPresent()) {
        if (kept.contains(put.path())) {
          throw inTheWay(put.path());
        }
        obstacles.add(put.path());
      }
    }
    return obstacles;
  }

  public static FileSystemException inTheWay(Path path) {
    FileSystemException conflict =
        new FileSystemException(
            NativeText.text(path),
            null,
            "in dest it is a directory with something excluded in it, in the archive it is none;"
                + " move the directory away, or exclude it as a whole");
    conflict.initCause(new DirectoryNotEmptyException(NativeText.text(path)));
    return conflict;
  }

  private List<Remove> removes(Set<Path> obstacles) {
    return removes.stream()
        .filter(remove -> !kept.contains(remove.path()))
        .map(
            remove ->
                new Remove(
                    remove.directory(),
                    remove.name(),
                    remove.dest(),
                    goesWithParent(remove) || obstacles.contains(remove.path())))
        .sorted((a, b) -> Operation.BY_PATH.compare(b, a))
        .toList();
  }

  private boolean goesWithParent(Remove remove) {
    return onlyInDest.contains(remove.directory()) && !kept.contains(remove.directory());
  }
}
