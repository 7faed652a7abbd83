package dev.stretcher.internal.sync;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.RealPath;
import dev.stretcher.internal.deployed.FilesByContent;
import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.sync.DestAdoption.UnknownDestException;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.JvmMemory;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.DeletionGuard;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings dest to a staged tree, by the syncer that the manifest or the options name. */
public final class SyncStep {
  /**
   * A syncer moves staged files, and deletes excluded ones among them, so they must be this
   * deploy's own.
   */
  private static final String MOUNT_IN_STAGED =
      "it is a mount point in the staged tree, and what is mounted there is not the archive's; dest"
          + " is as it was. Unmount it, and let no pre command mount anything into what is staged";

  private final Syncer syncer;
  private final Manifest.Target target;
  private final Options options;
  private final Reporter reporter;
  private final Engine engine;
  private final Optional<SyncTarget.Deploy> deploy;
  private final Optional<PinnedPlace> place;
  private final DestAdoption adoption;
  private final NeededContents needed;
  private final Path worked;
  private final boolean hasToc;
  private final DeployedContents deployed;

  private SyncStep(
      Engine engine,
      Reporter reporter,
      Syncer syncer,
      Manifest.Target target,
      Optional<SyncTarget.Deploy> deploy,
      Optional<PinnedPlace> place,
      boolean hasToc,
      DeployedContents deployed) {
    this.engine = engine;
    this.syncer = syncer;
    this.deploy = deploy;
    this.target = target;
    this.options = engine.options();
    this.reporter = reporter;
    this.place = place;
    this.needed = new NeededContents(syncer, reporter);
    // Of the directory that is worked on, wherever a link in the way leads by then.
    this.worked =
        place.filter(PinnedPlace::isDirectory).map(PinnedPlace::path).orElse(target.dest());
    this.hasToc = hasToc;
    this.deployed = deployed;
    this.adoption = new DestAdoption(engine, reporter, target, worked);
  }

  /**
   * Creates the step for a dest that may still change, and lets the syncer check that it can work.
   *
   * @param archive what is going to be synced; empty if the manifest describes it wrongly
   */
  static SyncStep checked(
      Engine engine,
      Reporter reporter,
      Syncer syncer,
      Manifest.Target target,
      Optional<Manifest.Archive> archive)
      throws SyncFailed {
    Optional<SyncTarget.Deploy> deploy =
        archive.map(
            each -> new SyncTarget.Deploy(reporter.deploy().id(), each.src(), each.checksum()));
    SyncStep step =
        new SyncStep(
            engine,
            reporter,
            syncer,
            target,
            deploy,
            Optional.empty(),
            archive.isPresent() && archive.get().toc().isPresent(),
            new DeployedContents(engine, reporter, syncer, target.rules()));
    try {
      syncer.check(step.target(target.rules().withoutExcludeFrom()));
    } catch (IOException | RuntimeException e) {
      throw failed(target.dest(), Failure.of(syncer.name() + ": " + Reason.withFile(e), e));
    }
    return step;
  }

  private static SyncFailed failed(Path dest, Failure failure) {
    return new SyncFailed(dest, failure);
  }

  public Syncer syncer() {
    return syncer;
  }

  /** Returns the place as it is now. */
  public Dest dest() {
    return Dest.of(target.dest());
  }

  /**
   * Returns this step for the directory that dest was when it was allowed, and for nothing that
   * takes its place.
   */
  public SyncStep at(PinnedPlace allowed) {
    return new SyncStep(
        engine, reporter, syncer, target, deploy, Optional.of(allowed), hasToc, deployed);
  }

  /**
   * Says which table of contents the archive has, once it is verified. It is kept with what was
   * deployed; and only with it is it known whether the archive's own file of patterns is the same
   * as before, so that it is best said before {@link #needed} is asked about an entry.
   */
  public void expect(Toc toc) {
    deployed.expect(toc);
  }

  /** Says that the archive has no table of contents that can be believed: none is kept. */
  public void expectNone() {
    deployed.expectNone();
  }

  /** Keeps the table of contents, if the sync has succeeded and is on disk. */
  public void keep() {
    deployed.keep();
  }

  /** Returns which contents a sync is going to need: all, if the syncer cannot tell. */
  public ContentFilter needed() {
    return needed.of(target(target.rules()));
  }

  /** Looks for files in dest by what they contain, as far as that is known. */
  public void find(FilesByContent.Search search) throws IOException, InterruptedException {
    deployed.find(contents(), search);
  }

  public SyncReport sync(StagedTree tree) throws SyncFailed, InterruptedException {
    return with(
        tree,
        (staged, place) -> {
          String patterns = patterns(staged);
          // Not when the guard is asked, since a syncer need not ask it.
          deployed.forget(worked);
          SyncReport report = syncer.sync(staged, place.withGuard(adoption::adopt));
          adoption.made();
          deployed.synced(worked, patterns);
          if (syncer.makesLink()) {
            adoption.madeLink(target.dest());
          }
          return report;
        });
  }

  /**
   * What {@link #sync} would do.
   *
   * @param plan empty if the syncer cannot tell
   * @param refusal why a sync would not begin
   */
  public record Planned(Optional<SyncPlan> plan, Optional<SyncFailed> refusal) {}

  public Planned plan(StagedTree tree) throws SyncFailed, InterruptedException {
    List<SyncFailed> refusals = new ArrayList<>(1);
    DeletionGuard guard =
        count -> {
          try {
            adoption.require(count);
          } catch (UnknownDestException e) {
            refusals.add(failed(e));
          }
        };
    Optional<SyncPlan> plan =
        with(tree, (staged, place) -> syncer.plan(staged, place.withGuard(guard)));
    return new Planned(plan, refusals.stream().findFirst());
  }

  /** The work of a syncer on a staged tree. */
  @FunctionalInterface
  public interface Call<T> {
    T on(StagedTree tree, SyncTarget target) throws IOException, InterruptedException;
  }

  /** The work of a syncer on its dest alone. */
  @FunctionalInterface
  public interface DestCall<T> {
    T on(SyncTarget target) throws IOException, InterruptedException;
  }

  /** Calls a syncer for a dest that it changes without a tree, or only examines. */
  public <T> T with(DestCall<T> call) throws SyncFailed, InterruptedException {
    try {
      SyncTarget to = target(target.rules());
      to.place().requireSame();
      return call.on(to);
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** Keeps what a release is known to contain from now on, if the archive says that. */
  public void keepRelease(Path directory) {
    // What was kept of another directory of that name is not true.
    deployed.forget(directory);
    deployed.released(directory);
    deployed.keep();
  }

  /** Forgets what was deployed to a directory that is gone. */
  public void forget(Path directory) {
    deployed.forget(directory);
  }

  /** Calls a syncer for a staged tree. */
  public <T> T with(StagedTree tree, Call<T> call) throws SyncFailed, InterruptedException {
    try {
      tree.place().requireSame();
      tree.place().requireNothingMounted(MOUNT_IN_STAGED);
      requireExcludeFrom(tree);
      SyncTarget to = target(target.rules());
      to.place().requireSame();
      T result = call.on(hasToc ? deployed.comparable(tree, contents()) : tree, to);
      if (!syncer.makesLink()) {
        requireNoLink(to.place());
      }
      return result;
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    } catch (OutOfMemoryError e) {
      String what =
          JvmMemory.isOfThreads(e) ? "" : " for the names that are new, changed or deleted";
      throw failed(
          target.dest(),
          Failure.of(
                  "cannot sync %s: %s is not enough%s"
                      .formatted(NativeText.text(target.dest()), JvmMemory.text(e), what),
                  e)
              .withRemedy(JvmMemory.remedy(e)));
    }
  }

  private SyncFailed failed(Exception e) {
    Failure failure =
        Failure.of(
            "cannot sync %s: %s".formatted(NativeText.text(target.dest()), Reason.withFile(e)), e);
    return failed(
        target.dest(),
        e instanceof UnknownDestException unknown ? failure.withRemedy(unknown.remedy()) : failure);
  }

  /** The next deploy would follow the link, and delete files where it leads to. */
  private static void requireNoLink(PinnedPlace place) throws FileSystemException {
    if (Files.isSymbolicLink(place.path())) {
      throw new FileSystemException(
          NativeText.text(place.path()),
          null,
          "it became a symbolic link while it was synced; remove it, and find out who put it"
              + " there");
    }
  }

  private SyncTarget target(SyncRules rules) {
    SyncTarget now =
        new SyncTarget(
                target.dest(),
                rules,
                options.get(Settings.VERBOSITY),
                line -> reporter.report(new DeployEvent.SyncPrinted(line)))
            .withDisk(new SyncDisk(engine));
    SyncTarget known = deploy.map(now::withDeploy).orElse(now);
    SyncTarget placed = place.map(known::withPlace).orElse(known);
    return hasToc ? placed.withKnown(deployed.of(contents())) : placed;
  }

  /** Returns the directory whose files the application has now. */
  private Path contents() {
    return syncer instanceof ReleaseSyncer releases ? RealPath.of(releases.link(worked)) : worked;
  }

  /** Returns the archive's own patterns, of which {@link #requireExcludeFrom} has made certain. */
  private String patterns(StagedTree tree) throws IOException {
    Optional<Path> file = target.rules().excludeFrom();
    return hasToc && file.isPresent()
        ? Files.readString(tree.place().stable().resolve(file.get()), StandardCharsets.ISO_8859_1)
        : "";
  }

  /** Makes certain that the file of patterns, if there is one, is a file of the archive. */
  private void requireExcludeFrom(StagedTree tree)
      throws SyncFailed, IOException, InterruptedException {
    if (target.rules().excludeFrom().isEmpty()) {
      return;
    }
    Path relative = target.rules().excludeFrom().get();
    String name = NativeText.text(relative);
    Path root = tree.place().stable();
    if (!isInside(root, relative) && !isInsideComplete(tree, relative)) {
      throw failed(
          target.dest(),
          Failure.of("exclude_from '%s' is not a file in the archive".formatted(name))
              .withRemedy("name it relative to the archive's root"));
    }
    if (Files.size(root.resolve(relative)) > options.get(Settings.MAX_MANIFEST)) {
      throw failed(
          target.dest(),
          Failure.of(
              "exclude_from '%s' has %s".formatted(name, options.exceeded(Settings.MAX_MANIFEST))));
    }
  }

  private static boolean isInside(Path root, Path relative) throws IOException {
    Path file = root.resolve(relative);
    return Files.isRegularFile(file) && file.toRealPath().startsWith(root.toRealPath());
  }

  /** A link may lead to a file that was left out; it is not worth finding out to which one. */
  private static boolean isInsideComplete(StagedTree tree, Path relative)
      throws IOException, InterruptedException {
    if (tree.omitted().isEmpty()) {
      return false;
    }
    tree.omitted().stageAll();
    return isInside(tree.place().stable(), relative);
  }
}
