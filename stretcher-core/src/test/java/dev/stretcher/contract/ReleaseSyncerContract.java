package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.ReleaseRules;
import dev.stretcher.manifest.ReleaseRules.Shared;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine relies on in a {@link ReleaseSyncer}. */
public abstract class ReleaseSyncerContract {
  private static final Instant MADE = Instant.parse("2026-11-27T10:45:12Z");

  @TempDir private Path directory;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private Path dest;
  private int staged;

  /** Returns the syncer under test. */
  protected abstract ReleaseSyncer syncer();

  @BeforeEach
  void nameDest() {
    dest = directory.resolve("shop");
  }

  @Test
  public void hasAName() {
    assertThat(syncer().name()).matches("[a-z][a-z0-9_-]*");
  }

  @Test
  public void nothingIsAtADestThatDoesNotExist() throws Exception {
    assertThat(syncer().isAt(dest)).isFalse();
    assertThat(syncer().list(dest)).isEmpty();
    assertThat(syncer().find(target(), origin("1"))).isEmpty();
    assertThat(dest).doesNotExist();
  }

  @Test
  public void aPreparedReleaseIsSeenByNobody() throws Exception {
    deploy("1", "one");

    Release two = prepare("2", "two");

    assertThat(two.state()).isEqualTo(State.PREPARED);
    assertThat(two.live()).isFalse();
    assertThat(two.directory().resolve("version")).hasContent("two");
    assertThat(syncer().link(dest).resolve("version")).hasContent("one");
    assertThat(ids()).containsExactly(id("1"), id("2"));
  }

  @Test
  public void theLinkLeadsToWhatWasActivated() throws Exception {
    deploy("1", "one");
    Release two = prepare("2", "two");

    SyncReport report = syncer().activate(target(), two);

    assertThat(report.summary()).isNotBlank().doesNotContain("\n");
    assertThat(syncer().link(dest).toRealPath()).isEqualTo(two.directory().toRealPath());
    assertThat(syncer().link(dest).resolve("version")).hasContent("two");
    assertThat(release("2").live()).isTrue();
    assertThat(release("2").state()).isEqualTo(State.LIVE);
    assertThat(release("1").live()).isFalse();
    assertThat(release("1").state()).isEqualTo(State.GOOD);
  }

  @Test
  public void theGuardIsAskedBeforeTheSwitch() throws Exception {
    deploy("1", "one");
    Release two = prepare("2", "two");
    SyncTarget guarded =
        target()
            .withGuard(
                count -> {
                  assertThat(count.deletions().names()).isZero();
                  throw new IOException("it may not");
                });

    assertThatThrownBy(() -> syncer().activate(guarded, two)).hasMessageContaining("it may not");

    assertThat(syncer().link(dest).resolve("version")).hasContent("one");
    assertThat(release("2").state()).isEqualTo(State.PREPARED);
  }

  @Test
  public void whatBecameOfAReleaseIsRemembered() throws Exception {
    Release one = deploy("1", "one");

    syncer().mark(target(), one, State.BAD);

    Release seen = release("1");
    assertThat(seen.state()).isEqualTo(State.BAD);
    assertThat(seen.origin()).isPresent();
    NewRelease origin = seen.origin().get();
    assertThat(origin.id()).isEqualTo(seen.id());
    assertThat(origin.made()).isEqualTo(MADE);
    assertThat(origin.manifest()).isEqualTo("manifest of 1");
    assertThat(origin.archive()).isEqualTo(origin("1").archive());
    assertThat(origin.manifestUrl()).isEqualTo(origin("1").manifestUrl());
    assertThat(origin.manifestDigest()).isEqualTo(origin("1").manifestDigest());
  }

  @Test
  public void aReleaseOfTheSameArchiveIsFound() throws Exception {
    Release one = deploy("1", "one");
    deploy("2", "two");

    Optional<Release> found = syncer().find(target(), origin("1"));

    assertThat(found.map(Release::id)).contains(one.id());
    assertThat(syncer().find(target(), origin("3"))).isEmpty();
  }

  @Test
  public void aPreparedReleaseIsFound() throws Exception {
    Release one = prepare("1", "one");

    assertThat(syncer().find(target(), origin("1")).map(Release::id)).contains(one.id());
  }

  @Test
  public void whatIsBadOrDamagedOrMadeByOtherRulesIsNotFound() throws Exception {
    Release bad = deploy("1", "one");
    syncer().mark(target(), bad, State.BAD);
    assertThat(syncer().find(target(), origin("1"))).isEmpty();

    Release damaged = deploy("2", "two");
    Files.delete(damaged.directory().resolve("version"));
    assertThat(syncer().find(target(), origin("2"))).isEmpty();

    deploy("3", "three");
    SyncRules others =
        SyncRules.DEFAULT.withRelease(
            ReleaseRules.DEFAULT.withShared(List.of(new Shared(Path.of("log"), true))));
    assertThat(syncer().find(target(others), origin("3"))).isEmpty();
    assertThat(syncer().find(target(), with(origin("3"), "mode 0700"))).isEmpty();
  }

  @Test
  public void aReleaseThatWasChangedIsFoundOut() throws Exception {
    Release one = deploy("1", "one");
    syncer().verify(target(), one);

    Files.writeString(one.directory().resolve("added-by-the-application"), "x");
    syncer().verify(target(), one);

    Files.writeString(one.directory().resolve("version"), "changed");
    assertThatThrownBy(() -> syncer().verify(target(), one))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version");
  }

  @Test
  public void theWayBackLeadsToTheOldOne() throws Exception {
    Release one = deploy("1", "one");
    Release two = prepare("2", "two");
    syncer().activate(target(), two);
    syncer().mark(target(), two, State.BAD);

    syncer().verify(target(), one);
    syncer().rollBackTo(target(), one);

    assertThat(syncer().link(dest).resolve("version")).hasContent("one");
    assertThat(release("1").live()).isTrue();
    assertThat(release("2").state()).isEqualTo(State.BAD);
  }

  @Test
  public void aNameThatTheManifestGivesIsUsedForOneArchiveOnly() throws Exception {
    SyncRules named = SyncRules.DEFAULT.withRelease(ReleaseRules.DEFAULT.withId("v1"));
    NewRelease v1 = named("v1", origin("1"));
    syncer().prepare(stage("one"), target(named), v1);

    assertThat(syncer().find(target(named), v1).map(Release::id)).contains("v1");
    NewRelease other = named("v1", origin("2"));
    assertThatThrownBy(() -> syncer().find(target(named), other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("v1")
        .hasMessageContaining(digest("1").toString())
        .hasMessageContaining(digest("2").toString());
  }

  @Test
  public void aDefaultNameThatIsTakenGetsANumber() throws Exception {
    prepare("1", "one");

    Release again = prepare("1", "one");

    assertThat(again.id()).isEqualTo(id("1") + "-2");
    assertThat(again.directory().resolve("version")).hasContent("one");
  }

  @Test
  public void theNewestGoodOnesStayAndTheOthersGo() throws Exception {
    for (int i = 1; i <= 5; i++) {
      deploy(Integer.toString(i), "version " + i);
    }

    List<Release> gone = syncer().prune(target(keep(2)));

    assertThat(gone).extracting(Release::id).containsExactly(id("1"), id("2"), id("3"));
    assertThat(ids()).containsExactly(id("4"), id("5"));
    for (Release each : gone) {
      assertThat(each.directory()).doesNotExist();
    }
    assertThat(syncer().link(dest).resolve("version")).hasContent("version 5");
  }

  @Test
  public void failedDeploysDoNotDriveOutWhatWasGood() throws Exception {
    deploy("0", "good");
    for (int i = 1; i <= 10; i++) {
      Release bad = prepare(Integer.toString(i), "bad " + i);
      syncer().activate(target(), bad);
      syncer().mark(target(), bad, State.BAD);
    }
    Release prepared = prepare("11", "prepared");

    syncer().prune(target(keep(1)));

    assertThat(ids()).containsExactly(id("0"), id("10"), prepared.id());
  }

  @Test
  public void whatIsLiveAndTheGoodOneBeforeItStay() throws Exception {
    Release one = deploy("1", "one");
    Release two = deploy("2", "two");
    deploy("3", "three");
    deploy("4", "four");
    syncer().rollBackTo(target(), two);

    syncer().prune(target(keep(1)));

    assertThat(ids()).containsExactly(one.id(), two.id(), id("4"));
  }

  @Test
  public void theOrderIsThatInWhichDeploysMadeThemLive() throws Exception {
    Release one = deploy("1", "one");
    deploy("2", "two");
    Release prepared = prepare("3", "three");
    deploy("4", "four");
    syncer().rollBackTo(target(), release("2"));
    assertThat(ids()).containsExactly(id("1"), id("2"), id("3"), id("4"));

    syncer().activate(target(), one);
    assertThat(release("1").state()).isEqualTo(State.GOOD);
    assertThat(ids()).containsExactly(id("2"), id("3"), id("4"), id("1"));

    syncer().activate(target(), prepared);
    syncer().mark(target(), prepared, State.GOOD);
    assertThat(ids()).containsExactly(id("2"), id("4"), id("1"), id("3"));
    syncer().prune(target(keep(1)));
    assertThat(ids()).containsExactly(id("1"), id("3"));
  }

  @Test
  public void thatAReleaseWasGoodIsRemembered() throws Exception {
    Release one = deploy("1", "one");
    assertThat(release("1").proven()).isTrue();
    Release two = prepare("2", "two");
    syncer().activate(target(), two);
    syncer().mark(target(), two, State.BAD);
    syncer().mark(target(), one, State.BAD);

    assertThat(release("1").proven()).isTrue();
    assertThat(release("2").proven()).isFalse();
    syncer().rollBackTo(target(), one);
    assertThat(release("1").state()).isEqualTo(State.LIVE);
    assertThat(release("1").proven()).isTrue();
  }

  @Test
  public void aReleaseIsAsUsedAsItsFiles() throws Exception {
    Release one = deploy("1", "one");

    ReleaseUse use = syncer().use(one);

    assertThat(use.bytes()).isBetween(3L, 1L << 16);
    assertThat(use.processes()).isEmpty();
  }

  @Test
  public void namesThatAreSharedOutliveReleases() throws Exception {
    SyncRules shared =
        SyncRules.DEFAULT.withRelease(
            ReleaseRules.DEFAULT.withShared(
                List.of(
                    new Shared(Path.of("log"), true), new Shared(Path.of("var/deep/run"), true))));
    Release one = syncer().prepare(stage("one"), target(shared), origin("1"));
    syncer().activate(target(shared), one);
    Path current = syncer().link(dest);
    Files.writeString(current.resolve("log/today"), "kept");
    Files.writeString(current.resolve("var/deep/run/pid"), "4711");

    Release two = syncer().prepare(stage("two"), target(shared), origin("2"));
    syncer().activate(target(shared), two);

    assertThat(current.resolve("version")).hasContent("two");
    assertThat(current.resolve("log/today")).hasContent("kept");
    assertThat(current.resolve("var/deep/run/pid")).hasContent("4711");
    syncer().verify(target(shared), two);
  }

  @Test
  public void aNameThatIsSharedAndMissingStopsTheDeployBeforeAnythingIsFetched() throws Exception {
    SyncRules shared =
        SyncRules.DEFAULT.withRelease(
            ReleaseRules.DEFAULT.withShared(List.of(new Shared(Path.of("config.yml"), false))));
    assertThatThrownBy(() -> syncer().find(target(shared), origin("1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("config.yml");
    assertThat(dest).doesNotExist();
    deploy("1", "one");

    assertThatThrownBy(() -> syncer().find(target(shared), origin("2")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("config.yml");
    assertThatThrownBy(() -> syncer().prepare(stage("two"), target(shared), origin("2")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("config.yml");

    assertThat(ids()).containsExactly(id("1"));
    assertThat(syncer().link(dest).resolve("version")).hasContent("one");
  }

  @Test
  public void namesThatLeadOutOfAReleaseAreRefusedBeforeAnythingIsFetched() {
    for (String name : List.of("../x", "/etc", "a/../../b", "")) {
      SyncRules shared =
          SyncRules.DEFAULT.withRelease(
              ReleaseRules.DEFAULT.withShared(List.of(new Shared(Path.of(name), true))));
      assertThatThrownBy(() -> syncer().check(target(shared)))
          .as(name)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("shared");
    }
  }

  @Test
  public void namesThatAreNoDirectoriesAreRefusedBeforeAnythingIsFetched() {
    for (String id : List.of("a/b", "..", ".", "a b", "x".repeat(300), "", "-x", "ü", "a\nb")) {
      SyncRules named = SyncRules.DEFAULT.withRelease(ReleaseRules.DEFAULT.withId(id));
      assertThatThrownBy(() -> syncer().check(target(named)))
          .as(id)
          .isInstanceOf(IOException.class)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(400));
    }
  }

  @Test
  public void aDestMayBeALink() throws Exception {
    Path real = Files.createDirectories(directory.resolve("real"));
    Files.createSymbolicLink(dest, real);

    deploy("1", "one");

    assertThat(syncer().link(dest).resolve("version")).hasContent("one");
    assertThat(syncer().isAt(dest)).isTrue();
    assertThat(ids()).containsExactly(id("1"));
    assertThat(real).isDirectoryNotContaining("glob:**/.current*");
  }

  @Test
  public void modesAndTimesAreThoseOfTheTree() throws Exception {
    StagedTree tree = stage("one");
    Files.setAttribute(tree.root().resolve("version"), "unix:mode", 0640);
    Instant then = Instant.parse("2014-11-17T11:22:33.123456Z");
    Files.setLastModifiedTime(tree.root().resolve("bin"), FileTime.from(then));
    Files.setAttribute(tree.root(), "unix:mode", 0711);

    Release one = syncer().prepare(tree, target(), origin("1"));

    Path made = one.directory();
    assertThat(mode(made)).isEqualTo(0711);
    assertThat(mode(made.resolve("version"))).isEqualTo(0640);
    assertThat(Files.getLastModifiedTime(made.resolve("bin")).toInstant()).isEqualTo(then);
  }

  @Test
  public void aTreeWhoseRootBecameALinkIsRefused() throws Exception {
    StagedTree tree = stage("one");
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.move(tree.root(), directory.resolve("aside"));
    Files.createSymbolicLink(tree.root(), outside);

    assertThatThrownBy(() -> syncer().prepare(tree, target(), origin("1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it was replaced");
    assertThat(syncer().list(dest)).isEmpty();
    assertThat(outside).isEmptyDirectory();
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
  }

  /** Makes a release that is good and live. */
  private Release deploy(String name, String version) throws Exception {
    Release release = prepare(name, version);
    syncer().activate(target(), release);
    syncer().mark(target(), release, State.GOOD);
    return release;
  }

  private Release prepare(String name, String version) throws Exception {
    return syncer().prepare(stage(version), target(), origin(name));
  }

  private StagedTree stage(String version) throws IOException {
    Path root = Files.createDirectories(directory.resolve(".staging-" + staged++).resolve("root"));
    Files.writeString(root.resolve("version"), version);
    Files.createDirectories(root.resolve("bin"));
    Files.writeString(root.resolve("bin/run"), "#!/bin/sh");
    Files.createSymbolicLink(root.resolve("start"), Path.of("bin/run"));
    return new StagedTree(root);
  }

  private SyncTarget target() {
    return target(SyncRules.DEFAULT);
  }

  private static SyncRules keep(int number) {
    return SyncRules.DEFAULT.withRelease(ReleaseRules.DEFAULT.withKeep(number));
  }

  private SyncTarget target(SyncRules rules) {
    return new SyncTarget(dest, rules, 0, output::add);
  }

  private static Digest digest(String name) {
    String hex = Integer.toHexString(name.hashCode());
    return Digest.parse("sha256:" + hex + "0".repeat(64 - hex.length()));
  }

  private static String id(String name) {
    return "release-" + name;
  }

  private static NewRelease origin(String name) {
    return new NewRelease(
        id(name),
        MADE,
        "https://example.com/" + name + ".yml",
        "beef".repeat(16),
        Optional.of(digest(name)),
        "manifest of " + name,
        "mode 0755");
  }

  private static NewRelease named(String id, NewRelease of) {
    return new NewRelease(
        id,
        of.made(),
        of.manifestUrl(),
        of.manifestDigest(),
        of.archive(),
        of.manifest(),
        of.treeRules());
  }

  private static NewRelease with(NewRelease of, String treeRules) {
    return new NewRelease(
        of.id(),
        of.made(),
        of.manifestUrl(),
        of.manifestDigest(),
        of.archive(),
        of.manifest(),
        treeRules);
  }

  private Release release(String name) throws IOException {
    return syncer().list(dest).stream()
        .filter(each -> each.id().equals(id(name)))
        .findFirst()
        .orElseThrow();
  }

  private List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    syncer().list(dest).forEach(each -> ids.add(each.id()));
    return ids;
  }
}
