package dev.stretcher.sync.internal.tree;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.Provisional;
import dev.stretcher.process.Interrupts;
import dev.stretcher.process.Workers;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.apply.Execution;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.sync.internal.plan.Comparer;
import dev.stretcher.sync.internal.plan.MountsInDest;
import dev.stretcher.sync.internal.plan.Needed;
import dev.stretcher.sync.internal.plan.PlanText;
import dev.stretcher.sync.internal.plan.Planner;
import dev.stretcher.sync.internal.plan.Totals;
import dev.stretcher.sync.internal.plan.TreeContext;
import dev.stretcher.sync.internal.plan.TreePlan;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One sync of a staged tree to dest, from the first listing to the summary. */
public final class TreeSync {
  private static final int ROUNDS = 3;

  private final SyncTarget target;
  private final TreeContext context;

  private TreeSync(SyncTarget target, TreeContext context) {
    this.target = target;
    this.context = context;
  }

  /** A use of a tree: to sync it or to plan the sync. */
  @FunctionalInterface
  private interface Work<T> {
    T by(TreeSync sync) throws IOException, InterruptedException;
  }

  private static <T> T with(StagedTree tree, SyncTarget target, Work<T> work)
      throws IOException, InterruptedException {
    requirePlace(target.place());
    try (PinnedPlace staged = tree.place().hold();
        PinnedPlace dest = target.place().hold()) {
      Privilege privilege = Privilege.ofThisProcess();
      requireMountsKept(new StagedTree(staged, tree.omitted()), target.withPlace(dest));
      TreeContext context =
          new TreeContext(
              staged,
              tree.omitted(),
              dest,
              excludes(staged, target),
              comparer(target, privilege),
              privilege,
              Workers.forThisMachine("stretcher-sync"));
      return work.by(new TreeSync(target, context));
    }
  }

  /**
   * Says what {@link #sync} would do.
   *
   * @throws IOException if dest is not a place for it, or an exclude pattern is not one
   */
  public static SyncPlan plan(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    return with(tree, target, TreeSync::plan);
  }

  /**
   * Makes dest equal to the tree.
   *
   * @throws IOException if dest is not a place for it, or an exclude pattern is not one
   */
  public static SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    return with(tree, target, TreeSync::sync);
  }

  /** Counts what {@link #sync} would delete, without a change that stays. */
  public static Deletions deletions(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    return with(tree, target, TreeSync::deletions);
  }

  /** Plans the sync of another program, if the guard of the target wants to know the deletions. */
  public static Optional<SyncPlan> planIfAsked(StagedTree tree, SyncTarget target, String strategy)
      throws IOException, InterruptedException {
    return with(tree, target, sync -> sync.planIfAsked(strategy));
  }

  /**
   * Refuses a sync, by whatever program, that would empty a file system mounted in dest.
   *
   * @throws IOException if so; its message names the mount point
   */
  public static void requireMountsKept(StagedTree tree, SyncTarget target) throws IOException {
    boolean any = target.place().isDirectory() && MountsInDest.isAny(target.place());
    if (any) {
      FilterRules excludes = excludes(tree.place(), target);
      Comparer comparer = comparer(target, Privilege.ofThisProcess());
      new MountsInDest(tree, excludes, comparer).require(target.place());
    }
  }

  /** Refuses invalid patterns, before anything is fetched. */
  public static void check(SyncTarget target) throws IOException {
    FilterRules.of(new byte[0], target.rules().excludes());
  }

  private static Comparer comparer(SyncTarget target, Privilege privilege) {
    return new Comparer(target.rules().comparison(), privilege, target.known());
  }

  /** Says which contents and directories are not in dest yet. */
  public static ContentFilter needed(SyncTarget target) throws IOException {
    FilterRules excludes = FilterRules.of(new byte[0], target.rules().excludes());
    requirePlace(target.place());
    Comparer comparer = comparer(target, Privilege.ofThisProcess());
    return new Needed(target.place().path(), target.rules(), excludes, comparer);
  }

  private static void requirePlace(PinnedPlace place) throws IOException {
    boolean other =
        !place.isDirectory()
            && Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS)
            && !Files.isDirectory(place.path(), LinkOption.NOFOLLOW_LINKS);
    if (other) {
      throw new FileSystemException(
          NativeText.text(place.path()), null, "dest is not a directory; move it away");
    }
  }

  private static FilterRules excludes(PinnedPlace staged, SyncTarget target) throws IOException {
    Optional<Path> file = target.rules().excludeFrom();
    byte[] lines =
        file.isPresent() ? Files.readAllBytes(staged.stable().resolve(file.get())) : new byte[0];
    return FilterRules.of(lines, target.rules().excludes());
  }

  private SyncPlan plan() throws IOException, InterruptedException {
    TreePlan plan = look(new Planner(context, false, true));
    requireFewRemoves(plan);
    target.guard().begin(() -> deletions(plan));
    return text(plan, "tree");
  }

  /** Plans, and leaves the staged tree as it was, so that another program can sync it. */
  private TreePlan look(Planner planner) throws IOException, InterruptedException {
    Interrupts.requireNone();
    TreePlan plan = planner.plan();
    new Attributes(context.privilege()).closeAgain(context.staged().stable(), plan);
    return plan;
  }

  private static SyncPlan text(TreePlan plan, String strategy) {
    return new SyncPlan(PlanText.operations(plan), Totals.of(plan).plan(strategy));
  }

  private static Deletions deletions(TreePlan plan) {
    return new Deletions(plan.removes().size(), plan.present(), PlanText.someRemoves(plan));
  }

  private Deletions deletions() throws IOException, InterruptedException {
    try (Planner planner = new Planner(context, true, false)) {
      return deletions(look(planner));
    }
  }

  private Optional<SyncPlan> planIfAsked(String strategy) throws IOException, InterruptedException {
    List<SyncPlan> told = new ArrayList<>(1);
    target
        .guard()
        .begin(
            () -> {
              TreePlan plan = look(new Planner(context, false, true));
              told.add(text(plan, strategy));
              return deletions(plan);
            });
    return told.stream().findFirst();
  }

  private SyncReport sync() throws IOException, InterruptedException {
    Interrupts.requireNone();
    long start = System.nanoTime();
    TreePlan plan = plan(planner());
    Execution execution = new Execution(context);
    List<Path> changed = execution.run(plan, step -> tell(plan, step));
    for (int round = 1; !changed.isEmpty(); round++) {
      changed = again(execution, changed, round);
    }
    target.disk().flushChanged(context.dest().path(), execution.finish());
    return Totals.of(plan).report(System.nanoTime() - start);
  }

  private Planner planner() {
    return new Planner(context, true, target.verbosity() > 0);
  }

  private TreePlan plan(Planner planner) throws IOException, InterruptedException {
    try (Provisional<Planner> opened = Provisional.of(planner)) {
      TreePlan plan = planner.plan();
      requireFewRemoves(plan);
      target.guard().begin(() -> deletions(plan));
      opened.keep();
      return plan;
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
    TreePlan plan = planner().plan(changed);
    return execution.run(plan, step -> tell(plan, step));
  }

  private void requireFewRemoves(TreePlan plan) throws IOException {
    long limit = target.rules().maxDelete().orElse(Long.MAX_VALUE);
    if (plan.removes().size() > limit) {
      throw new IOException(
          ("it would delete %s names, such as %s, which is more than max_delete: %s; dest is as it"
                  + " was. Check the archive, or raise max_delete")
              .formatted(
                  plan.removes().size(), String.join(", ", PlanText.someRemoves(plan)), limit));
    }
  }

  private void tell(TreePlan plan, Execution.Step done) {
    if (target.verbosity() == 1) {
      // Not by a switch, for which the JVM loads a class when it is to start fast.
      if (done == Execution.Step.PUT) {
        PlanText.puts(plan, this::say);
      } else {
        PlanText.removes(plan).forEach(this::say);
        PlanText.adjusts(plan).forEach(this::say);
      }
    } else if (target.verbosity() > 1 && done == Execution.Step.REMOVE) {
      PlanText.operations(plan).forEach(this::say);
    }
  }

  private void say(String line) {
    target.output().accept(line);
  }
}
