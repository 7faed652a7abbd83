package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.Tools;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at the packaged launcher at random instants of a deploy of a release, most of all while
 * the release is made, while the link is switched and while old releases go: the link leads to one
 * whole release, and the next deploy finishes the job and leaves nothing behind. {@code
 * -Dstretcher.kills=300} kills more often than the default; the seed is printed, and taken from
 * {@code -Dstretcher.seed}.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ReleaseKillIT {
  private static final int KILLS = Integer.getInteger("stretcher.kills", 2);
  private static final long SEED = Long.getLong("stretcher.seed", System.nanoTime());

  /** Where a phase begins. */
  private static final List<String> MARKS =
      List.of(
          "Starting up",
          "Executing manifest",
          "invoking command: true",
          "command ended",
          "Prepared release",
          "Switched",
          "invoking command: sleep 0.01",
          "command ended",
          "Deploy manifest succeeded",
          "Done");

  /** The making, the switch, and what comes after {@code post}: the mark, and the pruning. */
  private static final List<Integer> MATTERING = List.of(3, 4, 7);

  @TempDir private Path directory;
  private Path temporary;
  private Path dest;
  private TwoVersions versions;
  private final long[] nanos = new long[MARKS.size() - 1];
  private final Map<String, Integer> killedIn = new TreeMap<>();

  @BeforeEach
  void packTwoVersions() throws Exception {
    Tools.require("rsync");
    temporary = Files.createDirectory(directory.resolve("tmp"));
    dest = directory.resolve("dest");
    versions = new TwoVersions(directory);
    versions.packOld(directory.resolve("0.tar.gz"));
    versions.packFresh(directory.resolve("1.tar.gz"));
  }

  @Test
  void theLinkLeadsToAWholeReleaseAndTheNextDeployConverges() throws Exception {
    System.out.println("stretcher.seed=" + SEED);
    Random random = new Random(SEED);
    measure();
    for (int i = 1; i <= KILLS; i++) {
      boolean often = random.nextInt(4) > 0;
      int phase =
          often ? MATTERING.get(random.nextInt(MATTERING.size())) : random.nextInt(nanos.length);
      kill(i, phase, random);

      assertLiveIsWhole();
      deploy(i);
      assertThat(live()).isEqualTo(i);
      assertLiveIsWhole();
      assertNothingIsLeftBehind();
    }
    System.out.println("killed after: " + killedIn);
    assertThat(killedIn).isNotEmpty();
  }

  /** Deploys once, to know how long each phase takes. */
  private void measure() throws Exception {
    WatchedDeploy deploy = start(0);
    assertThat(deploy.end()).isZero();
    for (int phase = 0; phase < nanos.length; phase++) {
      nanos[phase] = Math.max(1, deploy.await(phase + 1) - deploy.await(phase));
    }
  }

  private void kill(int number, int phase, Random random) throws Exception {
    WatchedDeploy deploy = start(number);
    deploy.await(phase);
    boolean killed = deploy.killAfter(random.nextLong(nanos[phase] * 5 / 4));
    killedIn.merge(killed ? MARKS.get(phase) : "its end", 1, Integer::sum);
  }

  private WatchedDeploy start(int number) throws IOException {
    String manifest = manifest(number).toUri().toString();
    return new WatchedDeploy(
        Launcher.start(Launcher.path(), List.of(), manifest, environment()), MARKS);
  }

  private void deploy(int number) throws Exception {
    List<String> impatient = List.of("--lock-timeout=1s");
    String manifest = manifest(number).toUri().toString();
    Cli.Result result =
        Launcher.finish(Launcher.start(Launcher.path(), impatient, manifest, environment()));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** Each release has the version that the one before it does not have. */
  private Path manifest(int number) throws IOException {
    Path archive = directory.resolve(number % 2 + ".tar.gz");
    return Files.writeString(
        directory.resolve("app.yml"),
        """
        src: %s
        checksum: %s
        dest: %s
        sync_strategy: release
        release: {id: '%s', keep: 1}
        commands: {pre: ['true'], post: [sleep 0.01]}
        """
            .formatted(archive.toUri(), sha256(archive), dest, number));
  }

  private static String sha256(Path archive) throws IOException {
    return DigestUtils.sha256Hex(Files.readAllBytes(archive));
  }

  /** Returns the number of the release that is live. */
  private int live() throws IOException {
    Path link = Files.readSymbolicLink(dest.resolve("current"));
    assertThat(link.getParent()).isEqualTo(Path.of("releases"));
    return Integer.parseInt(link.getFileName().toString());
  }

  private void assertLiveIsWhole() throws Exception {
    Path live = dest.resolve("current").toRealPath();
    assertThat(live() % 2 == 0 ? versions.differenceFromOld(live) : versions.difference(live))
        .isEmpty();
  }

  private void assertNothingIsLeftBehind() throws Exception {
    TreeSet<String> ids = new TreeSet<>();
    try (Stretcher stretcher = Stretcher.builder().build()) {
      stretcher.releases(dest).stream().map(Release::id).forEach(ids::add);
    }
    // The live one, the good one before it, and one that was live before it was killed.
    assertThat(ids).hasSizeLessThanOrEqualTo(4);
    assertThat(names(dest)).isSubsetOf(".stretcher", "current", "releases", "shared");
    assertThat(names(dest.resolve("releases"))).containsExactlyElementsOf(ids);
    assertThat(names(dest.resolve(".stretcher")))
        .allMatch(
            name ->
                name.equals("releases.jsonl")
                    || name.matches("[0-9]+\\.(yml|list\\.gz)")
                        && ids.contains(name.replaceFirst("\\..*", "")));
    assertThat(temporary).isEmptyDirectory();
    assertThat(names(directory)).noneMatch(name -> name.startsWith(".stretcher"));
    List<String> warnings = new ArrayList<>();
    Ledger.in(directory.resolve("state/stretcher")).warning(warnings::add).records();
    assertThat(warnings).isEmpty();
  }

  private static List<String> names(Path place) throws IOException {
    try (Stream<Path> found = Files.list(place)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "TMPDIR", temporary.toString(),
        "XDG_STATE_HOME", directory.resolve("state").toString());
  }
}
