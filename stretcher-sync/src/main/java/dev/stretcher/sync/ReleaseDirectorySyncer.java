package dev.stretcher.sync;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseComparison;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.journal.JournalEntry.Switch;
import dev.stretcher.sync.internal.release.ReleaseSync;
import dev.stretcher.sync.internal.release.Steps;
import dev.stretcher.sync.internal.reuse.Reflink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps each version in a directory of its own in dest, {@code releases/ID}, and switches the link
 * {@code current} between them. {@code sync_strategy: release}; see {@code
 * docs/reference/release-layout.md}.
 *
 * <p>Stateless and thread-safe.
 */
public final class ReleaseDirectorySyncer implements ReleaseSyncer {
  private final Optional<ReleaseSync> given;

  /** Creates the syncer. */
  public ReleaseDirectorySyncer() {
    this.given = Optional.empty();
  }

  ReleaseDirectorySyncer(Clock clock, Steps steps, Map<String, String> environment) {
    this.given = Optional.of(new ReleaseSync(clock, steps, new Reflink(environment)));
  }

  /** Each deploy creates all syncers, so that nothing is made before it is needed. */
  private ReleaseSync releases() {
    return given.isPresent()
        ? given.get()
        : new ReleaseSync(Clock.systemUTC(), Steps.NONE, new Reflink(System.getenv()));
  }

  @Override
  public String name() {
    return "release";
  }

  /** Returns the file system of dest: the tree is renamed into it. */
  @Override
  public Staging staging() {
    return Staging.ON_FILE_SYSTEM_OF_DEST;
  }

  /** Names all rules for a dest that is changed in place. */
  @Override
  public Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.givenBesides(RuleKeys.RELEASE);
  }

  @Override
  public void check(SyncTarget target) throws IOException {
    releases().check(target);
  }

  /**
   * Says which contents the live release does not have: by their digests, if both are known, else
   * by size and time.
   */
  @Override
  public ContentFilter needed(SyncTarget target) throws IOException {
    return releases().needed(target);
  }

  @Override
  public boolean isAt(Path dest) throws IOException {
    return releases().isAt(place(dest));
  }

  @Override
  public Path link(Path dest) {
    return ReleaseSync.link(dest);
  }

  @Override
  public List<Release> list(Path dest) throws IOException {
    return releases().list(place(dest));
  }

  /** A dest may be a link. */
  private static PinnedPlace place(Path dest) throws IOException {
    return PinnedPlace.look(Files.exists(dest) ? dest.toRealPath() : dest);
  }

  @Override
  public ReleaseUse use(Release release) throws IOException {
    return releases().use(release);
  }

  @Override
  public Optional<Release> find(SyncTarget target, NewRelease origin)
      throws IOException, InterruptedException {
    return releases().find(target, origin);
  }

  @Override
  public Release prepare(StagedTree tree, SyncTarget target, NewRelease origin)
      throws IOException, InterruptedException {
    return releases().prepare(tree, target, origin);
  }

  @Override
  public void verify(SyncTarget target, Release release) throws IOException, InterruptedException {
    releases().verify(target, release);
  }

  @Override
  public Optional<ReleaseComparison> compare(Path dest, Release release)
      throws IOException, InterruptedException {
    return releases().compare(place(dest), release);
  }

  @Override
  public SyncReport activate(SyncTarget target, Release release)
      throws IOException, InterruptedException {
    return releases().activate(target, release, Switch.DEPLOY);
  }

  @Override
  public SyncReport rollBackTo(SyncTarget target, Release release)
      throws IOException, InterruptedException {
    return releases().activate(target, release, Switch.ROLLBACK);
  }

  @Override
  public void mark(SyncTarget target, Release release, Release.State state)
      throws IOException, InterruptedException {
    releases().mark(target, release, state);
  }

  @Override
  public List<Release> prune(SyncTarget target) throws IOException, InterruptedException {
    return releases().prune(target);
  }
}
