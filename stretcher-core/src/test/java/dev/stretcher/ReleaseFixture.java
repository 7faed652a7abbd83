package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.release.Release;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.io.TempDir;

/** An application of which releases are kept, and whose commands are only noted. */
abstract class ReleaseFixture extends StretcherFixture {
  static final String COMMANDS =
      """
      commands: {pre: [stop], post: [start], success: [cheer], failure: [weep]}
      health: {commands: [ask], within: 5s}
      """;

  @TempDir Path elsewhere;
  final TestClocks clocks = new TestClocks();
  final ReleasesInMemory releases = new ReleasesInMemory(clocks);

  /** The commands that ran, such as {@code start of 2}. */
  final List<String> ran = new CopyOnWriteArrayList<>();

  /** Those of them that fail. */
  final List<String> failing = new ArrayList<>();

  final List<Hook> hooks = new CopyOnWriteArrayList<>();

  @Override
  Options options() {
    return super.options().with(Settings.SYNC_STRATEGY, "releases");
  }

  @Override
  Stretcher.Builder stretcher() {
    return super.stretcher()
        .syncer(releases)
        .ledger(ledger())
        .clock(clocks)
        .steadyClock(clocks)
        .hookRunner(this::run);
  }

  Ledger ledger() {
    return Ledger.in(elsewhere.resolve("state"));
  }

  List<LedgerRecord.Outcome> outcomes() throws IOException {
    return ledger().records().stream().map(LedgerRecord::outcome).toList();
  }

  int run(Hook hook) throws IOException, InterruptedException {
    hooks.add(hook);
    String text = hook.command() + " of " + hook.environment().get("STRETCHER_RELEASE");
    ran.add(text);
    return failing.contains(text) ? 1 : 0;
  }

  Path dest() {
    return directory.resolve("app");
  }

  /** Publishes a version whose file {@code hello} has its name; {@code more} are lines of YAML. */
  void publish(String id, String more) {
    byte[] tar = tarOf("hello", id);
    memory.put("/app.tar", tar);
    memory.put(
        "/app.yml",
        "src: mem:/app.tar\nchecksum: %s\ndest: %s\nrelease: {id: '%s'}\n%s\n"
            .formatted(DigestUtils.sha256Hex(tar), dest(), id, more));
  }

  Deployment.OfArchive deploy(String id) throws StretcherException, InterruptedException {
    return deploy(id, COMMANDS);
  }

  Deployment.OfArchive deploy(String id, String more)
      throws StretcherException, InterruptedException {
    publish(id, more);
    return deploy();
  }

  Deployment.OfArchive deploy() throws StretcherException, InterruptedException {
    try (Stretcher stretcher = stretcher().build()) {
      return (Deployment.OfArchive) stretcher.deploy(MANIFEST);
    }
  }

  /** Deploys what is going to fail, and returns why. */
  StretcherException fail(String id) throws InterruptedException {
    try {
      deploy(id);
    } catch (StretcherException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  /** Forgets what has happened so far. */
  void forget() {
    ran.clear();
    hooks.clear();
    events.clear();
    releases.calls().clear();
    memory.opened().clear();
  }

  List<String> messages() {
    return events.stream().map(DeployEvent::message).toList();
  }

  /** Returns the releases and their states, such as {@code 1 good} and {@code 2 bad live}. */
  List<String> states() throws IOException {
    List<String> states = new ArrayList<>();
    for (Release each : releases.list(dest())) {
      states.add(each.id() + " " + each.state().label() + (each.live() ? " *" : ""));
    }
    return states;
  }

  void assertLive(String id) throws IOException {
    assertThat(dest().resolve("current/hello")).hasContent(id);
    assertThat(ReleasesInMemory.isTidy(dest())).isTrue();
    // Nothing that was staged is left beside dest.
    assertThat(Files.list(directory)).containsExactly(dest());
  }
}
