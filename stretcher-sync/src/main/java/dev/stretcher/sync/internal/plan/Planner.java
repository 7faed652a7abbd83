package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Lister;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.Closeable;
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
public final class Planner implements Closeable {
  private final TreeContext context;
  private final DirectoryPlanner planner;
  private final StagedNames staged;
  private final Lister destLister;

  /**
   * Creates a planner.
   *
   * @param openingDest whether directories in dest that are closed to their owner may be opened
   * @param telling whether the log is going to have each name
   */
  public Planner(TreeContext context, boolean openingDest, boolean telling) {
    this.context = context;
    this.planner =
        new DirectoryPlanner(
            context.excludes(),
            context.comparer(),
            new TreeContents(context.staged().path(), context.dest().path()),
            telling);
    this.staged =
        new StagedNames(
            context.staged().path(), new Lister(context.privilege(), true), context.omitted());
    this.destLister = new Lister(context.privilege(), openingDest);
  }

  /** Plans the whole tree. */
  public TreePlan plan() throws IOException, InterruptedException {
    FileState staged = FileState.read(context.staged().path());
    Optional<FileState> dest = FileState.readIfThere(context.dest().path());
    PlanAssembly assembly = new PlanAssembly(context.privilege());
    if (dest.isPresent() && !context.comparer().sameAttributes(staged, dest.get())) {
      FileState wanted = context.comparer().wanted(staged, dest.get());
      assembly.adjustRoot(wanted, dest.get());
    }
    return plan(assembly, List.of(new DirectoryPair(Relative.ROOT, Optional.of(staged), dest)));
  }

  /** Restores the modes of directories in dest, since the plan is not carried out. */
  @Override
  public void close() throws IOException {
    destLister.closeAgain();
  }

  /** Plans some names again, with everything below them. */
  public TreePlan plan(Collection<Path> names) throws IOException, InterruptedException {
    PlanAssembly assembly = new PlanAssembly(context.privilege());
    List<DirectoryPlan> plans = new ArrayList<>();
    for (Path path : names) {
      Path parent = Relative.parent(path);
      DirectoryPair directory =
          new DirectoryPair(
              parent,
              staged.at(parent).map(DirectoryEntry::state),
              Optional.of(FileState.read(context.dest().path().resolve(parent))));
      plans.add(planner.plan(directory, staged.at(path).stream().toList(), inDest(path)));
    }
    return plan(assembly, assembly.addPartly(plans));
  }

  private List<DirectoryEntry> inDest(Path path) throws IOException {
    return FileState.readIfThere(context.dest().path().resolve(path))
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
    // A plan made of what someone put in their place for a moment would delete the wrong names.
    context.requireSame();
    return assembly.finish();
  }

  private DirectoryPlan planDirectory(DirectoryPair pair) throws IOException {
    Path path = pair.path();
    return planner.plan(
        pair,
        pair.staged().isPresent() ? staged.in(path, pair.staged().get()) : List.of(),
        pair.dest().isPresent()
            ? destLister.list(context.dest().path().resolve(path), pair.dest().get())
            : List.of());
  }
}
