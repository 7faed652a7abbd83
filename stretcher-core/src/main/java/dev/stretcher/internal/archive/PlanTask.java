package dev.stretcher.internal.archive;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.NativeText;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;

/** Says what a sync of the staged tree would do, as far as that can be told. */
public final class PlanTask implements TreeTask<Optional<SyncPlan>> {
  private final Reporter reporter;
  private final boolean preMayMendPlace;

  /**
   * Creates the task.
   *
   * @param preMayMendPlace whether there are {@code pre} commands, which a plan does not run, and
   *     which may make a place for dest
   */
  public PlanTask(Reporter reporter, boolean preMayMendPlace) {
    this.reporter = reporter;
    this.preMayMendPlace = preMayMendPlace;
  }

  /**
   * Accepts a place that {@code pre} commands may mend, so that the archive is at least unpacked.
   */
  @Override
  public void requirePlace(Dest dest) throws SyncFailed {
    if (!preMayMendPlace) {
      dest.require();
    }
  }

  @Override
  public boolean needsContents() {
    return false;
  }

  /** What is said for a syncer that cannot tell. */
  @FunctionalInterface
  public interface Otherwise {
    Optional<SyncPlan> plan() throws SyncFailed, InterruptedException;
  }

  @Override
  public Optional<SyncPlan> run(SyncStep sync, StagedTree tree)
      throws SyncFailed, InterruptedException {
    return run(sync, tree, Optional::empty);
  }

  /** Does the same, and knows more if the syncer cannot tell. */
  public Optional<SyncPlan> run(SyncStep sync, StagedTree tree, Otherwise otherwise)
      throws SyncFailed, InterruptedException {
    Optional<Failure> obstacle = sync.dest().obstacle();
    if (obstacle.isPresent()) {
      return untold(
          "%s, and pre commands that may mend that do not run now;".formatted(obstacle.get().what())
              + " mend it to see what the sync would do");
    }
    return plan(sync, tree, otherwise);
  }

  private Optional<SyncPlan> plan(SyncStep sync, StagedTree tree, Otherwise otherwise)
      throws SyncFailed, InterruptedException {
    SyncStep.Planned planned;
    try {
      planned = sync.plan(tree);
    } catch (SyncFailed e) {
      if (preMayMendPlace && isInTheWay(e)) {
        return untold(e.getMessage() + "; pre commands, which do not run now, may do that");
      }
      throw e;
    }
    Optional<SyncPlan> plan = planned.plan().isPresent() ? planned.plan() : otherwise.plan();
    if (plan.isEmpty()) {
      untold("sync_strategy %s cannot say what it would do".formatted(sync.syncer().name()));
    } else {
      tell(plan.get());
      warnIfReadOnly(sync.dest(), plan.get());
    }
    if (planned.refusal().isPresent()) {
      throw planned.refusal().get();
    }
    return plan;
  }

  /** This is no failure: the sync may change only names further down, where this user may write. */
  private void warnIfReadOnly(Dest dest, SyncPlan plan) {
    if (!plan.lines().isEmpty() && !preMayMendPlace && dest.isReadOnly()) {
      reporter.report(
          new DeployEvent.Warning(
              "the user of this process may not write to dest %s; if names directly in it change, deploy as its owner"
                  .formatted(NativeText.text(dest.path()))));
    }
  }

  /** Reports a plan. */
  public void tell(SyncPlan plan) {
    plan.lines().forEach(line -> reporter.report(new DeployEvent.WouldSync(line)));
    reporter.report(new DeployEvent.Planned(plan));
  }

  private static boolean isInTheWay(SyncFailed failure) {
    return failure.getCause() instanceof FileAlreadyExistsException cause
        && NativeText.text(failure.dest()).equals(cause.getFile());
  }

  private Optional<SyncPlan> untold(String reason) {
    reporter.report(new DeployEvent.NotPlanned(reason));
    return Optional.empty();
  }
}
