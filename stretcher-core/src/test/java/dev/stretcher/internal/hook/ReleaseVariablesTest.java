package dev.stretcher.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.engine.TestEngine;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.manifest.Health;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Options;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of a release learn, and when. */
class ReleaseVariablesTest {
  private static final Path LINK = Path.of("/srv/shop/current");
  private final HookFailed failure =
      new HookFailed(Hook.Phase.HEALTH, "c", 1, Failure.of("health command 'c': exit status 1"));

  @TempDir Path directory;
  private final List<Map<String, String>> seen = new ArrayList<>();

  private RunningHooks hooks(String env) {
    Manifest manifest =
        Manifest.of(
                Manifest.Archive.of(URI.create("mem:/app.tar")),
                Manifest.Target.of(Path.of("/srv/shop")))
            .withCommands(new Commands(list("a"), list("b"), list("d"), list("f")))
            .withHealth(Health.of("c"))
            .withEnv(Map.of("STRETCHER_" + env, "mine", "OTHER", "theirs"));
    Engine engine = TestEngine.in(directory, Options.DEFAULT);
    Engine recording =
        new Engine(
            engine.plugins(),
            hook -> {
              seen.add(hook.environment());
              return 0;
            },
            engine.options(),
            engine.policy(),
            engine.environment(),
            directory,
            engine.reserved(),
            engine.clock(),
            engine.steadyClock(),
            engine.random(),
            engine.ledger(),
            engine.version());
    return new RunningHooks(
        recording,
        new Reporter(List.of(), engine.clock(), engine.options()),
        manifest,
        new HookEnvironment(URI.create("mem:/app.yml"), "deploy", manifest));
  }

  private static CommandList list(String line) {
    return CommandList.of(line);
  }

  private Map<String, String> last() {
    return seen.get(seen.size() - 1);
  }

  @Test
  void commandsOfAReleaseSeeTheLinkAsDestAndWhichReleasesTheyAreBetween() throws Exception {
    RunningHooks hooks = hooks("RELEASE");
    hooks.pre();
    assertThat(last())
        .containsEntry("STRETCHER_DEST", "/srv/shop")
        .containsEntry("OTHER", "theirs")
        .doesNotContainKeys("STRETCHER_RELEASE", "STRETCHER_PREVIOUS");

    hooks.releasing("2", Optional.of("1"), LINK);
    hooks.pre();
    hooks.post();
    hooks.health();
    hooks.success();

    assertThat(seen.subList(1, 5))
        .allSatisfy(
            variables ->
                assertThat(variables)
                    .containsEntry("STRETCHER_RELEASE", "2")
                    .containsEntry("STRETCHER_PREVIOUS", "1")
                    .containsEntry("STRETCHER_DEST", LINK.toString())
                    .doesNotContainKey("STRETCHER_ROLLED_BACK"));
    assertThat(last()).containsEntry("STRETCHER_STATUS", "success");
  }

  @Test
  void theFirstReleaseHasNoneBeforeIt() throws Exception {
    RunningHooks hooks = hooks("PREVIOUS");
    hooks.releasing("1", Optional.empty(), LINK);
    hooks.post();

    assertThat(last())
        .containsEntry("STRETCHER_RELEASE", "1")
        .doesNotContainKey("STRETCHER_PREVIOUS");
  }

  @Test
  void onlyFailureCommandsLearnOfARollback() throws Exception {
    RunningHooks hooks = hooks("ROLLED_BACK");
    hooks.releasing("2", Optional.of("1"), LINK);
    hooks.failure(failure);
    assertThat(last()).doesNotContainKey("STRETCHER_ROLLED_BACK");

    hooks.rolledBackTo("1");
    hooks.post();
    assertThat(last()).doesNotContainKey("STRETCHER_ROLLED_BACK");
    hooks.failure(failure);

    assertThat(last())
        .containsEntry("STRETCHER_ROLLED_BACK", "1")
        .containsEntry("STRETCHER_RELEASE", "2")
        .containsEntry("STRETCHER_FAILED_STAGE", "health")
        .containsEntry("STRETCHER_STATUS", "failure");
  }

  @Test
  void thoseOfAnotherDeployAreTakenAway() {
    Map<String, String> inherited =
        Map.of(
            "STRETCHER_RELEASE", "x",
            "STRETCHER_PREVIOUS", "x",
            "STRETCHER_ROLLED_BACK", "x",
            "STRETCHER_STATE", "mine");

    assertThat(HookEnvironment.without(inherited)).isEqualTo(Map.of("STRETCHER_STATE", "mine"));
  }
}
