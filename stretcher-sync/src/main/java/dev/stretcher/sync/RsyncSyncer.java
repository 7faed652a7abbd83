package dev.stretcher.sync;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.sync.internal.tree.TreeSync;
import dev.stretcher.text.GoDuration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs {@code rsync -a --delete} from the staged tree to dest, as {@code sync_strategy: rsync} asks
 * for; see rsync(1).
 *
 * <p>rsync gets the environment of the agent, but of the {@code RSYNC_*} variables only {@code
 * RSYNC_MAX_ALLOC}: the others are about remote transfers, or change what a plain copy does (
 * {@code RSYNC_ICONV} renames files). Its output and its errors go to {@link SyncTarget#output}
 * while it runs, after a line that shows its arguments.
 *
 * <p>Immutable and thread-safe.
 */
public final class RsyncSyncer implements Syncer {
  private static final String PROGRAM = "rsync";
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final Map<String, String> environment;

  /** Creates a syncer that gives rsync the environment of this process. */
  public RsyncSyncer() {
    this(System.getenv());
  }

  /**
   * Creates a syncer for an environment.
   *
   * @param environment the environment of rsync, with the PATH on which rsync is looked for
   */
  public RsyncSyncer(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "rsync";
  }

  /** Returns the temporary directory, since rsync copies from anywhere. */
  @Override
  public Staging staging() {
    return Staging.TEMPORARY_DIRECTORY;
  }

  /** Names a limit of deletions: rsync would delete up to it, and then stop halfway. */
  @Override
  public Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.givenBesides(RuleKeys.EXCLUDES, RuleKeys.EXCLUDE_FROM, RuleKeys.COMPARE);
  }

  @Override
  public Optional<LeftAlone> leftAlone(List<String> excludes, byte[] excludeFrom)
      throws IOException {
    return Optional.of(FilterRules.of(excludeFrom, excludes)::excludes);
  }

  @Override
  public void check(SyncTarget target) throws IOException {
    String path = environment.getOrDefault("PATH", DEFAULT_PATH);
    boolean found =
        Stream.of(path.split(":"))
            .filter(directory -> !directory.isEmpty())
            .map(directory -> new File(directory, PROGRAM))
            .anyMatch(file -> file.isFile() && file.canExecute());
    if (!found) {
      throw new IOException(
          "rsync is not in PATH ("
              + path
              + "); install it, or set sync_strategy: tree in the manifest");
    }
  }

  /**
   * Returns a plan only for a dest that no deploy has made, whose deletions must be counted anyway.
   */
  @Override
  public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    return TreeSync.planIfAsked(tree, target, PROGRAM);
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    if (!unsupported(target.rules()).isEmpty()) {
      throw new IOException(
          "rsync cannot keep to max_delete: it deletes up to the limit and only then stops");
    }
    check(target);
    Interrupts.requireNone();
    TreeSync.requireMountsKept(tree, target);
    target.guard().begin(() -> deletions(tree, target));
    try (PinnedPlace staged = tree.place().hold();
        PinnedPlace dest = place(target)) {
      TreeSync.requireMountsKept(new StagedTree(staged, tree.omitted()), target.withPlace(dest));
      String shown = String.join(" ", RsyncArguments.of(staged.path(), target.dest(), target));
      target.output().accept(PROGRAM + " [" + shown + "]");
      SyncReport report = run(staged, dest, target);
      dest.requireSame();
      return report;
    }
  }

  /**
   * Holds dest, and makes it if there was none: rsync would follow a link that someone has put
   * there since.
   */
  private static PinnedPlace place(SyncTarget target) throws IOException {
    PinnedPlace place = target.place();
    if (place.isDirectory() || Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS)) {
      return place.hold();
    }
    Files.createDirectory(
        place.path(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return PinnedPlace.hold(place.path());
  }

  private SyncReport run(PinnedPlace staged, PinnedPlace dest, SyncTarget target)
      throws IOException, InterruptedException {
    // Through descriptors: whatever takes their names, rsync works in these two directories.
    List<String> arguments = RsyncArguments.of(staged.stable(), dest.stable(), target);
    RsyncErrors errors = new RsyncErrors(target.output());
    long start = System.nanoTime();
    int status =
        ChildProcess.run(
            command(arguments).withOutput(new PlaceNames(List.of(staged, dest), errors)));
    if (status != 0) {
      throw new IOException(RsyncExit.explain(status, errors.last()));
    }
    Duration elapsed = Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    return SyncReport.of("rsync: done in " + GoDuration.format(elapsed));
  }

  /** Counts by the plan of the tree syncer; changed contents do not matter for that. */
  private static Deletions deletions(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    SyncRules rules = target.rules().withComparison(Comparison.QUICK);
    SyncTarget counted = new SyncTarget(target.dest(), rules, target.verbosity(), target.output());
    return TreeSync.deletions(tree, counted.withPlace(target.place()));
  }

  private Command command(List<String> arguments) {
    Map<String, String> kept = new HashMap<>(environment);
    kept.keySet().removeIf(name -> name.startsWith("RSYNC_") && !name.equals("RSYNC_MAX_ALLOC"));
    return Command.of(Stream.concat(Stream.of(PROGRAM), arguments.stream()).toList())
        .withInherited(kept);
  }
}
