package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.process.Interrupts;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.directory.SeenFile;
import dev.stretcher.sync.internal.plan.Adjusts;
import dev.stretcher.sync.internal.plan.DirectoryAdjusts;
import dev.stretcher.sync.internal.plan.Operation;
import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import dev.stretcher.sync.internal.plan.TreeContext;
import dev.stretcher.sync.internal.plan.TreePlan;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Carries out plans: puts first, removes last, the attributes of directories after all that. */
public final class Execution {
  private final TreeContext context;
  private PinnedPlace root;
  private Directories dest;
  private final Staging staging;
  private final DestChanges changes = new DestChanges();
  private final UnfinishedDirectories unfinished = new UnfinishedDirectories();
  private final Unstaged unstaged = new Unstaged();

  public Execution(TreeContext context) {
    this.context = context;
    this.root = context.dest();
    this.dest = new Directories(root);
    this.staging = new Staging(context.staged(), context.omitted(), context.privilege());
  }

  /** A part of what a plan asks for. */
  public enum Step {
    /** All names are created or replaced. */
    PUT,
    /** All attributes but those of directories are set, and all names are removed. */
    REMOVE
  }

  /**
   * Carries out a plan, except for the attributes of directories.
   *
   * @param done hears of each step once it is done: nothing is told that does not happen
   * @return the names that were no longer as planned, and were left alone
   */
  public List<Path> run(TreePlan plan, Consumer<Step> done)
      throws IOException, InterruptedException {
    unfinished.begin(plan);
    unstaged.add(plan);
    unfinished.touch(staging.removeHidden(plan.hidden()));
    put(plan.puts());
    done.accept(Step.PUT);
    adjust(plan.adjusts());
    remove(plan.removes());
    done.accept(Step.REMOVE);
    return changes.take();
  }

  private void put(List<Put> puts) throws IOException, InterruptedException {
    staging.complete(puts);
    unfinished.touch(staging.splitLinks(puts));
    List<Put> own = puts.stream().filter(put -> !put.carried()).toList();
    if (!own.isEmpty() && Relative.isRoot(own.get(0).name())) {
      putRoot();
      return;
    }
    Puts files = new Puts(context, dest, staging, changes);
    Map<Path, List<Put>> byDirectory = byDirectory(own);
    unfinished.touch(byDirectory.keySet());
    context
        .workers()
        .forEach(
            List.copyOf(byDirectory.entrySet()),
            group -> files.into(group.getKey(), group.getValue()));
  }

  /**
   * Dest does not exist: one rename makes it. The sync goes on with the directory that came there.
   */
  private void putRoot() throws IOException, InterruptedException {
    Path path = context.dest().path();
    try {
      root = context.staged().moveTo(path);
    } catch (AtomicMoveNotSupportedException e) {
      root = new RootCopy(context.staged(), context.privilege(), ReservedNames.PREFIX).moveTo(path);
    }
    dest = new Directories(root);
  }

  private void adjust(Adjusts adjusts) throws IOException, InterruptedException {
    for (Adjust adjust : adjusts) {
      touchIfRetimed(adjust);
    }
    Adjustments adjustments = new Adjustments(context.privilege(), dest, changes);
    context.workers().forEach(adjusts.directories(), group -> adjust(group, adjustments));
    put(adjustments.impossible());
  }

  /** Adjusts files: directories come last of all. */
  private static void adjust(DirectoryAdjusts group, Adjustments adjustments)
      throws IOException, InterruptedException {
    List<Adjust> files = group.stream().filter(adjust -> !adjust.dest().isDirectory()).toList();
    if (!files.isEmpty()) {
      adjustments.in(group.directory(), files);
    }
  }

  /**
   * Where rsync would write a file since its time is another one, its directory gets a new time.
   */
  private void touchIfRetimed(Adjust adjust) {
    if (!adjust.dest().isDirectory() && !adjust.staged().hasSecondOf(adjust.dest())) {
      unfinished.touch(List.of(adjust.directory()));
    }
  }

  private void remove(List<Remove> removes) throws IOException, InterruptedException {
    List<Remove> own = removes.stream().filter(remove -> !remove.carried()).toList();
    Removal removal = new Removal(dest, Optional.of(context.excludes()));
    Map<Path, List<Remove>> byDirectory = byDirectory(own);
    unfinished.touch(byDirectory.keySet());
    context
        .workers()
        .forEach(
            List.copyOf(byDirectory.entrySet()),
            group -> dest.in(group.getKey(), open -> removeFrom(open, group.getValue(), removal)));
    staging.removeAway();
  }

  private void removeFrom(OpenDirectory directory, List<Remove> removes, Removal removal)
      throws IOException, InterruptedException {
    for (Remove remove : removes) {
      Interrupts.requireNone();
      Optional<SeenFile> there = directory.look(remove.name());
      if (there.isPresent() && changes.confirm(remove.path(), there, Optional.of(remove.dest()))) {
        changes.naming(remove.path(), () -> removal.remove(directory, remove.path()));
      }
    }
  }

  private static <T extends Operation> Map<Path, List<T>> byDirectory(List<T> operations) {
    return operations.stream()
        .collect(
            Collectors.groupingBy(Operation::directory, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Gives changed directories their final attributes.
   *
   * @return what was changed in dest without a staged file that shows it
   */
  public Collection<Path> finish() throws IOException, InterruptedException {
    unfinished.finish(context, dest, changes);
    root.requireSame();
    return unstaged.names();
  }
}
