package dev.stretcher;

import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps releases of one dest as simply as it gets: what became of them, only in memory. */
public final class ReleasesInMemory implements ReleaseSyncer {
  private final Map<String, Release> releases = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Clock clock;
  private final String file;
  private String failing = "";
  private Optional<Path> elsewhere = Optional.empty();

  /**
   * Keeps none yet.
   *
   * @param clock says since when
   */
  public ReleasesInMemory(Clock clock) {
    this(clock, "hello");
  }

  /**
   * Keeps none yet.
   *
   * @param file what each release has
   */
  public ReleasesInMemory(Clock clock, String file) {
    this.clock = clock;
    this.file = file;
  }

  /** Returns the steps that were taken, such as {@code activate 2}. */
  List<String> calls() {
    return calls;
  }

  /** Lets the switch to a release fail after the link was renamed. */
  void failAfterSwitchTo(String id) {
    failing = id;
  }

  /** Makes the next releases in a directory that is not dest. */
  void misplace(Path directory) {
    elsewhere = Optional.of(directory);
  }

  @Override
  public String name() {
    return "releases";
  }

  @Override
  public Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.givenBesides(RuleKeys.RELEASE);
  }

  @Override
  public boolean isAt(Path dest) {
    return Files.isDirectory(dest.resolve("releases"));
  }

  @Override
  public Path link(Path dest) {
    return dest.resolve("current");
  }

  @Override
  public synchronized List<Release> list(Path dest) throws IOException {
    List<Release> all = new ArrayList<>();
    for (Release release : releases.values()) {
      Path link = link(dest);
      boolean live =
          Files.exists(link) && link.toRealPath().equals(release.directory().toRealPath());
      all.add(
          new Release(
              release.id(),
              release.state(),
              release.since(),
              live,
              release.directory(),
              release.origin(),
              release.proven()));
    }
    return all;
  }

  @Override
  public ReleaseUse use(Release release) {
    return new ReleaseUse(5, List.of());
  }

  @Override
  public Optional<Release> find(SyncTarget target, NewRelease origin) throws IOException {
    Optional<String> id = target.rules().release().id();
    for (Release release : list(target.dest())) {
      boolean same = release.origin().flatMap(NewRelease::archive).equals(origin.archive());
      boolean isNamed = id.equals(Optional.of(release.id()));
      if (isNamed && !same) {
        throw new FileAlreadyExistsException(release.id(), null, "it was made of another archive");
      }
      if (same && (isNamed || release.state() != State.BAD)) {
        verify(target, release);
        return Optional.of(release);
      }
    }
    return Optional.empty();
  }

  @Override
  public Release prepare(StagedTree tree, SyncTarget target, NewRelease origin)
      throws IOException, InterruptedException {
    calls.add("prepare " + origin.id());
    tree.omitted().stageAll();
    Path directory = elsewhere.orElse(target.dest().resolve("releases")).resolve(origin.id());
    Files.createDirectories(directory.getParent());
    Files.move(tree.root(), directory, StandardCopyOption.ATOMIC_MOVE);
    return put(origin.id(), State.PREPARED, directory, Optional.of(origin));
  }

  /** Makes a release as another tool would. */
  void adopt(Path dest, String id, State state) throws IOException {
    Path directory = Files.createDirectories(dest.resolve("releases").resolve(id));
    Files.writeString(directory.resolve("hello"), id);
    put(id, state, directory, Optional.empty());
  }

  private synchronized Release put(
      String id, State state, Path directory, Optional<NewRelease> origin) {
    Release before = releases.get(id);
    boolean proven = state == State.GOOD || before != null && before.proven();
    Release release = new Release(id, state, clock.instant(), false, directory, origin, proven);
    releases.put(id, release);
    return release;
  }

  @Override
  public void verify(SyncTarget target, Release release) throws IOException {
    if (!Files.exists(release.directory().resolve(file))) {
      throw new IOException("release %s has changed: %s is gone".formatted(release.id(), file));
    }
  }

  @Override
  public SyncReport activate(SyncTarget target, Release release)
      throws IOException, InterruptedException {
    SyncReport done = rollBackTo(target, release);
    Release live = releases.remove(release.id());
    releases.put(release.id(), live);
    return done;
  }

  @Override
  public SyncReport rollBackTo(SyncTarget target, Release release)
      throws IOException, InterruptedException {
    target.guard().begin(() -> Deletions.NONE);
    calls.add("activate " + release.id());
    Path link = link(target.dest());
    Path made = link.resolveSibling(".current.new");
    Files.createSymbolicLink(made, Path.of("releases", release.id()));
    Files.move(made, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (release.id().equals(failing)) {
      throw new IOException("no space left on device");
    }
    if (release.state() != State.GOOD) {
      put(release.id(), State.LIVE, release.directory(), release.origin());
    }
    return SyncReport.of("switched");
  }

  @Override
  public void mark(SyncTarget target, Release release, State state) {
    calls.add(state.label() + " " + release.id());
    put(release.id(), state, release.directory(), release.origin());
  }

  @Override
  public List<Release> prune(SyncTarget target) throws IOException {
    List<Release> gone = new ArrayList<>();
    int good = 0;
    List<Release> all = list(target.dest());
    for (int i = all.size() - 1; i >= 0; i--) {
      Release each = all.get(i);
      boolean counts = each.state() == State.GOOD;
      if (counts && good++ >= target.rules().release().keep() && !each.live()) {
        Files.delete(each.directory().resolve("hello"));
        Files.delete(each.directory());
        releases.remove(each.id());
        gone.add(each);
      }
    }
    return gone;
  }

  /** Tells whether nothing but releases is in a dest. */
  static boolean isTidy(Path dest) {
    return Files.exists(dest.resolve("current"), LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(dest.resolve(".current.new"), LinkOption.NOFOLLOW_LINKS);
  }
}
