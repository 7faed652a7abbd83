package dev.stretcher.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.HookRunnerContract;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.nio.file.Files;
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
    return ShellHookRunner.create(System.getenv(), Optional.empty());
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
  void hooksRunInTheWorkingDirectory(@TempDir Path directory) throws Exception {
    runnerIn(directory.toRealPath()).run(hook(Hook.Phase.PRE, "pwd -P"));

    assertThat(printed).containsExactly("OUT " + directory.toRealPath());
  }

  @Test
  void hooksRunInTheRootWhenTheWorkingDirectoryIsGone(@TempDir Path directory) throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    HookRunner runner = runnerIn(gone);
    Files.delete(gone);

    assertThat(runner.run(hook(Hook.Phase.FAILURE, "pwd -P"))).isZero();
    assertThat(printed).containsExactly("OUT /");
  }

  @Test
  void aMissingShellIsNamedWithPathAndRemedy(@TempDir Path empty) {
    Map<String, String> environment = Map.of("PATH", empty.toString());
    HookRunner runner = new ShellHookRunner(environment, empty, Duration.ofSeconds(1));

    assertThatThrownBy(() -> runner.run(hook(Hook.Phase.PRE, "true")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("sh: ")
        .hasMessageContainingAll("PATH (" + empty + ")", "install it or correct PATH");
  }

  @Test
  void aHookMaySetPathForItsCommands(@TempDir Path tools) throws Exception {
    Hook hook = hook(Hook.Phase.PRE, "echo $PATH", Map.of("PATH", tools.toString()));

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

  private static HookRunner runnerIn(Path directory) {
    return new ShellHookRunner(System.getenv(), directory, Duration.ofSeconds(1));
  }

  private Hook hook(Hook.Phase phase, String line) {
    return hook(phase, line, Map.of());
  }

  private Hook hook(Hook.Phase phase, String line, Map<String, String> environment) {
    return new Hook(
        phase,
        line,
        environment,
        Optional.empty(),
        (stream, text) -> printed.add(stream + " " + text));
  }
}
