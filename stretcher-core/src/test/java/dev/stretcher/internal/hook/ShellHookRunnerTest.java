package dev.stretcher.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.HookRunnerContract;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellHookRunnerTest extends HookRunnerContract {
  private final List<String> printed = new CopyOnWriteArrayList<>();

  @Override
  protected HookRunner runner() {
    return new ShellHookRunner();
  }

  @Test
  void theOutputsOfPreAndPostAreInTheOrderOfWriting() throws Exception {
    String line = "for i in 1 2 3; do echo o$i; echo e$i >&2; done";
    for (Hook.Phase phase : List.of(Hook.Phase.PRE, Hook.Phase.POST)) {
      printed.clear();
      runner().run(hook(phase, line));
      assertThat(printed)
          .as("%s", phase)
          .containsExactly("OUT o1", "OUT e1", "OUT o2", "OUT e2", "OUT o3", "OUT e3");
    }
  }

  @Test
  void theOutputsOfSuccessAndFailureAreKeptApart() throws Exception {
    for (Hook.Phase phase : List.of(Hook.Phase.SUCCESS, Hook.Phase.FAILURE)) {
      printed.clear();
      runner().run(hook(phase, "echo o; echo e >&2"));
      assertThat(printed).as("%s", phase).containsExactlyInAnyOrder("OUT o", "ERR e");
    }
  }

  @Test
  void aMissingShellIsNamedWithPathAndRemedy(@TempDir Path empty) {
    Map<String, String> inherited = Map.of("PATH", empty.toString());

    assertThatThrownBy(() -> runner().run(hook(Hook.Phase.PRE, "true", inherited, Map.of())))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("sh: ")
        .hasMessageContainingAll("PATH (" + empty + ")", "install it or correct PATH");
  }

  @Test
  void aHookMaySetPathForItsCommands(@TempDir Path tools) throws Exception {
    Hook hook =
        hook(Hook.Phase.PRE, "echo $PATH", System.getenv(), Map.of("PATH", tools.toString()));

    assertThat(runner().run(hook)).isZero();
    assertThat(printed).containsExactly("OUT " + tools);
  }

  @Test
  void aCommandThatIsTooLongIsExplained() {
    Hook hook = hook(Hook.Phase.PRE, "true " + "x".repeat(200_000));

    assertThatThrownBy(() -> runner().run(hook))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("script");
  }

  private Hook hook(Hook.Phase phase, String line) {
    return hook(phase, line, System.getenv(), Map.of());
  }

  private Hook hook(
      Hook.Phase phase,
      String line,
      Map<String, String> inherited,
      Map<String, String> environment) {
    return new Hook(
        phase,
        line,
        Optional.empty(),
        inherited,
        environment,
        Path.of("/"),
        Duration.ofSeconds(1),
        Optional.empty(),
        (stream, text) -> printed.add(stream + " " + text));
  }
}
