package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a runner of the embedder's own is given, and what it may not be silent about. */
class CustomHookRunnerTest extends StretcherFixture {
  private final List<Hook> hooks = new ArrayList<>();

  private int record(Hook hook) {
    hooks.add(hook);
    return 0;
  }

  @Test
  void oneThatDoesNotSaySoIsNotTrustedToRunCommandsAsAnotherUser() {
    Stretcher.Builder builder =
        stretcher().options(options().with(Settings.RUN_AS, "nobody")).hookRunner(this::record);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            CustomHookRunnerTest.class.getName(), "nobody", "run_as", "override checkRunAs");
  }

  /** Heeds the user. */
  private final class Heeding implements HookRunner {
    private Map<String, String> checkedWith = Map.of();

    @Override
    public int run(Hook hook) {
      return record(hook);
    }

    @Override
    public void checkRunAs(String user, Map<String, String> inherited) {
      checkedWith = inherited;
    }
  }

  @Test
  void oneThatSaysSoIsToldTheUserOfEachCommand() throws Exception {
    putApp("commands: {pre: [a], post: [{run: b, timeout: 1m}], success: [c]}");
    Heeding runner = new Heeding();

    stretcher()
        .options(options().with(Settings.RUN_AS, "nobody"))
        .environment(Map.of("A", "1"))
        .hookRunner(runner)
        .build()
        .deploy(MANIFEST);

    assertThat(hooks).extracting(Hook::command).containsExactly("a", "b", "c");
    assertThat(hooks).extracting(Hook::runAs).containsOnly(Optional.of("nobody"));
    assertThat(runner.checkedWith).isEqualTo(Map.of("A", "1"));
  }

  @Test
  void itIsGivenTheEnvironmentOfTheBuilderApartFromThatOfTheManifest() throws Exception {
    putApp("env: {LD_PRELOAD: theirs}\ncommands: {post: [a]}");
    Map<String, String> agents =
        Map.of("PATH", "/bin", "STRETCHER_DEST", "of another deploy", "STRETCHER_X", "x");

    stretcher().environment(agents).hookRunner(this::record).build().deploy(MANIFEST);

    Hook hook = hooks.get(0);
    assertThat(hook.inherited()).isEqualTo(Map.of("PATH", "/bin", "STRETCHER_X", "x"));
    assertThat(hook.environment())
        .containsEntry("LD_PRELOAD", "theirs")
        .containsEntry("STRETCHER_DEST", directory.resolve("app").toString())
        .doesNotContainKey("PATH");
    assertThat(hook.runAs()).isEmpty();
    assertThat(hook.directory()).isAbsolute().isDirectory();
    assertThat(hook.grace()).isPositive();
  }

  @Test
  void oneThatOnlyChangesTheCommandHandsItOn() throws Exception {
    HookRunner shell = Stretcher.shellHookRunner();
    putApp("commands: {post: ['echo $A']}");

    stretcher()
        .environment(Map.of("PATH", System.getenv("PATH"), "A", "inherited"))
        .hookRunner(hook -> shell.run(hook.withCommand("A=changed; " + hook.command())))
        .build()
        .deploy(MANIFEST);

    assertThat(events)
        .filteredOn(DeployEvent.HookPrinted.class::isInstance)
        .extracting(DeployEvent::message)
        .containsExactly("changed");
  }
}
