package dev.stretcher.sync.internal.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Plans a tree, level by level, so that neither its depth nor the number of its directories
 * matters.
 */
final class Planner {
  private final TreeContext context;
  private final DirectoryPlanner planner;
  private final Lister stagedLister;
  private final Lister destLister;

  /**
   * Creates a planner.
   *
   * @param openingDest whether directories in dest that are closed to their owner may be opened
   */
  Planner(TreeContext context, boolean openingDest) {
    this.context = context;
    this.planner =
        new DirectoryPlanner(
            context.excludes(),
            context.comparer(),
            new TreeContents(context.staged(), context.dest()));
    this.stagedLister = new Lister(context.privilege(), true);
    this.destLister = new Lister(context.privilege(), openingDest);
  }

  /** Plans the whole tree. */
  TreePlan plan() throws IOException, InterruptedException {
    FileState staged = FileState.read(context.staged());
    Optional<FileState> dest = FileState.readIfThere(context.dest());
    PlanAssembly assembly = new PlanAssembly(context.privilege());
    if (dest.isPresent() && !context.comparer().sameAttributes(staged, dest.get())) {
      FileState wanted = context.comparer().wanted(staged, dest.get());
      assembly.adjust(new Operation.Adjust(Relative.ROOT, wanted, dest.get()));
    }
    return plan(assembly, List.of(new DirectoryPair(Relative.ROOT, Optional.of(staged), dest)));
  }

  /** Plans some names again, and what is below them. */
  TreePlan plan(Collection<Path> names) throws IOException, InterruptedException {
    PlanAssembly assembly = new PlanAssembly(context.privilege());
    List<DirectoryPlan> plans = new ArrayList<>();
    for (Path path : names) {
      Path parent = Relative.parent(path);
      DirectoryPair directory =
          new DirectoryPair(
              parent,
              FileState.readIfThere(context.staged().resolve(parent)),
              Optional.of(FileState.read(context.dest().resolve(parent))));
      plans.add(
          planner.plan(directory, single(context.staged(), path), single(context.dest(), path)));
    }
    return plan(assembly, assembly.addPartly(plans));
  }

  private static List<DirectoryEntry> single(Path root, Path path) throws IOException {
    return FileState.readIfThere(root.resolve(path))
        .map(state -> List.of(new DirectoryEntry(path.getFileName(), state)))
        .orElse(List.of());
  }

  private TreePlan plan(PlanAssembly assembly, List<DirectoryPair> top)
      throws IOException, InterruptedException {
    List<DirectoryPair> level = top;
    while (!level.isEmpty()) {
      Queue<DirectoryPlan> plans = new ConcurrentLinkedQueue<>();
      context.workers().forEach(level, pair -> plans.add(planDirectory(pair)));
      level = assembly.add(plans);
    }
    return assembly.finish();
  }

  private DirectoryPlan planDirectory(DirectoryPair pair) throws IOException {
    return planner.plan(
        pair,
        list(stagedLister, context.staged(), pair.path(), pair.staged()),
        list(destLister, context.dest(), pair.path(), pair.dest()));
  }

  private static List<DirectoryEntry> list(
      Lister lister, Path root, Path path, Optional<FileState> directory) throws IOException {
    return directory.isEmpty() ? List.of() : lister.list(root.resolve(path), directory.get());
  }
}
