package dev.stretcher.sync.internal.tree;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One sync of a staged tree to dest, from the first listing to the summary. */
public final class TreeSync {
  private static final int ROUNDS = 3;

  private final SyncTarget target;
  private final TreeContext context;

  /**
   * Prepares a sync.
   *
   * @throws IOException if dest is not a place for it, or an exclude pattern is not one
   */
  public TreeSync(StagedTree tree, SyncTarget target) throws IOException {
    Privilege privilege = Privilege.ofThisProcess();
    Path staged = tree.root().toAbsolutePath();
    this.target = target;
    this.context =
        new TreeContext(
            staged,
            tree.omitted(),
            place(target.dest()),
            excludes(staged, target),
            new Comparer(target.rules().comparison(), privilege),
            privilege,
            Workers.forThisMachine());
  }

  /** Refuses patterns that are not any, before anything is fetched. */
  public static void check(SyncTarget target) throws IOException {
    FilterRules.of(new byte[0], target.rules().excludes());
  }

  /** Says which contents are not in dest yet. */
  public static ContentFilter needed(SyncTarget target) throws IOException {
    FilterRules excludes = FilterRules.of(new byte[0], target.rules().excludes());
    return new Needed(place(target.dest()), target.rules(), excludes);
  }

  /** Follows dest if it is a link to a directory, as rsync does with a slash at its end. */
  private static Path place(Path dest) throws IOException {
    if (Files.isDirectory(dest)) {
      return dest.toRealPath();
    }
    if (Files.exists(dest, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          NativeText.text(dest), null, "dest is not a directory; move it away");
    }
    return dest;
  }

  private static FilterRules excludes(Path staged, SyncTarget target) throws IOException {
    Optional<Path> file = target.rules().excludeFrom();
    byte[] lines = file.isPresent() ? Files.readAllBytes(staged.resolve(file.get())) : new byte[0];
    return FilterRules.of(lines, target.rules().excludes());
  }

  /** Says what {@link #sync} would do. */
  public SyncPlan plan() throws IOException, InterruptedException {
    Interrupts.requireNone();
    TreePlan plan = new Planner(context, false).plan();
    new Attributes(context.privilege()).closeAgain(context.staged(), plan);
    requireFewRemoves(plan);
    return new SyncPlan(PlanText.operations(plan), Totals.of(plan).plan());
  }

  /** Makes dest equal to the tree. */
  public SyncReport sync() throws IOException, InterruptedException {
    Interrupts.requireNone();
    long start = System.nanoTime();
    TreePlan plan = plan(new Planner(context, true));
    Execution execution = new Execution(context);
    tell(plan);
    List<Path> changed = execution.run(plan);
    for (int round = 1; !changed.isEmpty(); round++) {
      changed = again(execution, changed, round);
    }
    execution.finish();
    return Totals.of(plan).report(System.nanoTime() - start);
  }

  private TreePlan plan(Planner planner) throws IOException, InterruptedException {
    boolean right = false;
    try {
      TreePlan plan = planner.plan();
      requireFewRemoves(plan);
      right = true;
      return plan;
    } finally {
      if (!right) {
        planner.leaveDest();
      }
    }
  }

  private List<Path> again(Execution execution, List<Path> changed, int round)
      throws IOException, InterruptedException {
    if (round == ROUNDS) {
      throw new FileSystemException(
          NativeText.text(changed.get(0)),
          null,
          "someone changes it in dest again and again while it is synced; find out who, and deploy"
              + " again");
    }
    for (Path path : changed) {
      say(NativeText.text(path) + ": changed in dest while it was synced, looking at it again");
    }
    TreePlan plan = new Planner(context, true).plan(changed);
    tell(plan);
    return execution.run(plan);
  }

  private void requireFewRemoves(TreePlan plan) throws IOException {
    long limit = target.rules().maxDelete().orElse(Long.MAX_VALUE);
    if (plan.removes().size() > limit) {
      throw new IOException(
          ("it would delete %d names, such as %s, which is more than max_delete: %d; dest is as it"
                  + " was. Check the archive, or raise max_delete")
              .formatted(plan.removes().size(), PlanText.someRemoves(plan), limit));
    }
  }

  private void tell(TreePlan plan) {
    if (target.verbosity() == 1) {
      Stream.of(PlanText.puts(plan), PlanText.removes(plan), PlanText.adjusts(plan))
          .flatMap(lines -> lines)
          .forEach(this::say);
    } else if (target.verbosity() > 1) {
      PlanText.operations(plan).forEach(this::say);
    }
  }

  private void say(String line) {
    target.output().accept(line);
  }
}
