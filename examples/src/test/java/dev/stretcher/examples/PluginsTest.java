package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.Deployment;
import dev.stretcher.Stretcher;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  @TempDir Path directory;

  @Test
  void aSyncerIsChosenByTheManifestAndKeepsTheOldTree() throws Exception {
    SampleApp first = SampleApp.publish(directory, "one", "sync_strategy: swap");
    deploy(Stretcher.builder().syncer(new SwapSyncer()), first);
    SampleApp second = SampleApp.publish(directory, "two", "sync_strategy: swap");

    Deployment deployment = deploy(Stretcher.builder().syncer(new SwapSyncer()), second);

    assertThat(second.deployed()).isEqualTo("two");
    assertThat(directory.resolve("dest.previous/greeting")).hasContent("one");
    assertThat(((Deployment.OfArchive) deployment).sync().summary()).startsWith("swapped");
  }

  @Test
  void aSyncerRefusesWhatItCannotDoBeforeAnythingIsFetched() throws Exception {
    SampleApp app =
        SampleApp.publish(directory, "one", "sync_strategy: swap", "excludes: ['*.pid']");

    assertThatThrownBy(() -> deploy(Stretcher.builder().syncer(new SwapSyncer()), app))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContaining("sync_strategy swap cannot keep to excludes")
        .hasMessageContaining("or set sync_strategy: tree");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aVerifierVouchesForAnArchiveWithoutAChecksum() throws Exception {
    SampleApp app = SampleApp.publish(directory, "one");
    Path stored = directory.resolve(app.sha256() + ".tar.gz");
    Files.copy(app.archive(), stored);
    describeWithoutChecksum(app, stored);

    deploy(Stretcher.builder().verifier(new ContentAddressedVerifier()), app);

    assertThat(app.deployed()).isEqualTo("one");
  }

  @Test
  void aVerifierStopsAnArchiveOfAnotherContent() throws Exception {
    SampleApp app = SampleApp.publish(directory, "one");
    Path stored = directory.resolve("0".repeat(64) + ".tar.gz");
    Files.copy(app.archive(), stored);
    describeWithoutChecksum(app, stored);

    assertThatThrownBy(
            () -> deploy(Stretcher.builder().verifier(new ContentAddressedVerifier()), app))
        .isInstanceOf(StretcherException.VerificationFailed.class)
        .hasMessageContaining("sha256:" + "0".repeat(64));
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aHookRunnerRunsTheCommandsInItsOwnWay() throws Exception {
    SampleApp app =
        SampleApp.publish(
            directory,
            "one",
            "sync_strategy: mv",
            "commands: {post: [\"nice > '" + directory + "/niceness'\"]}");

    deploy(Stretcher.builder().hookRunner(new NiceHookRunner()), app);

    assertThat(directory.resolve("niceness")).hasContent(niceness());
  }

  @Test
  void aHookRunnerIsFoundByTheNameThatAnOptionHas() throws Exception {
    SampleApp app =
        SampleApp.publish(
            directory,
            "one",
            "sync_strategy: mv",
            "commands: {post: [\"nice > '" + directory + "/niceness'\"]}");

    deploy(Stretcher.builder().options(Options.DEFAULT.with(Settings.HOOK_RUNNER, "nice")), app);

    assertThat(directory.resolve("niceness")).hasContent(niceness());
  }

  @Test
  void aHookRunnerThatIsGivenBeatsTheOneThatIsNamed() throws Exception {
    List<String> lines = new ArrayList<>();
    SampleApp app =
        SampleApp.publish(
            directory, "one", "sync_strategy: mv", "commands: {post: [no-such-program]}");

    deploy(
        Stretcher.builder()
            .options(Options.DEFAULT.with(Settings.HOOK_RUNNER, "nice"))
            .hookRunner(
                hook -> {
                  lines.add(hook.command());
                  return 0;
                }),
        app);

    assertThat(lines).containsExactly("no-such-program");
  }

  @Test
  void anEventSourceIsFoundByItsAddress() throws Exception {
    SampleApp app = SampleApp.publish(directory, "by an event", "sync_strategy: mv");
    Path events = Files.createDirectory(directory.resolve("events"));
    Files.writeString(events.resolve("1.event"), app.manifest().toUri().toString());

    try (Stretcher stretcher = Stretcher.builder().build()) {
      assertThat(stretcher.deployNext(stretcher.eventsFrom(URI.create("directory:" + events))))
          .isPresent();
    }

    assertThat(app.deployed()).isEqualTo("by an event");
  }

  @Test
  void anEventSourceThatDoesNotOpenFailsWhereEventsAreReadAndShowsNoSecret() throws Exception {
    try (Stretcher stretcher = Stretcher.builder().build()) {
      EventSource events =
          stretcher.eventsFrom(URI.create("directory://me:s3cret@host" + directory + "/none"));

      assertThatThrownBy(() -> stretcher.deployNext(events))
          .isInstanceOf(StretcherException.BadEvent.class)
          .hasMessageContaining("cannot read events from directory://host" + directory)
          .hasMessageNotContaining("s3cret");
    }
  }

  /** Returns what {@code nice} prints of a command that runs nicely. */
  private String niceness() throws IOException, InterruptedException {
    int own = Integer.parseInt(Shell.in(directory).run("nice").output().strip());
    return Math.min(own + 10, 19) + "\n";
  }

  private static void describeWithoutChecksum(SampleApp app, Path archive) throws IOException {
    Files.writeString(
        app.manifest(),
        "src: %s\ndest: %s\nsync_strategy: mv\n".formatted(archive.toUri(), app.dest()));
  }

  private static Deployment deploy(Stretcher.Builder builder, SampleApp app)
      throws StretcherException, InterruptedException {
    try (Stretcher stretcher = builder.build()) {
      return stretcher.deploy(app.manifest().toUri());
    }
  }
}
