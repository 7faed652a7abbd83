package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.Condition;
import dev.stretcher.fleet.HostState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A state directory that somebody removes while its agent runs. */
class StateRemovedTest extends AgentFixture {
  /** What is remembered is written behind what is said. */
  private void awaitMemory() throws IOException {
    Path memory = state.resolve("fleet/shop.json");
    while (!Files.exists(memory) || !Files.readString(memory).contains("\"outcome\":\"live\"")) {
      Thread.onSpinWait();
    }
  }

  private void removeState() throws IOException {
    awaitMemory();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void theAgentMakesItAgainAndStaysAlone() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    removeState();
    pauses.pass();

    awaitWarning("its lock file in " + state + " was removed");
    Path memory = state.resolve("fleet/shop.json");
    awaitMemory();
    assertThat(Files.readString(memory)).contains("\\\"id\\\":\\\"v1\\\"");
    Path lock = state.resolve("fleet/shop.lock");
    assertThat(lock).isNotEmptyFile();
    pauses.pass();
    desire(2, "v2");
    await(HostState.LIVE, 2);
    assertThat(warnings).filteredOn(text -> text.contains("its lock file")).hasSize(1);
    end();
    assertThat(lock).doesNotExist();
  }

  @Test
  void theAgentEndsIfAnotherOneHasComeMeanwhile() throws Exception {
    desire(1, "v1");
    CompletableFuture<Object> first = new CompletableFuture<>();
    HostAgent agent = builder(store, SHOP).build();
    Thread thread =
        new Thread(
            () -> {
              try {
                agent.run();
              } catch (AlreadyRunningException | InterruptedException e) {
                first.completeExceptionally(e);
              }
            });
    thread.start();
    await(HostState.LIVE, 1);
    removeState();
    Process second = AgentProcess.start(directory.resolve("store").toUri(), state, directory);
    try {
      Path lock = state.resolve("fleet/shop.lock");
      String pid = Long.toString(second.pid());
      Condition.await(
          () -> {
            assertThat(second.isAlive()).isTrue();
            return Files.exists(lock) && Files.readString(lock).startsWith(pid + " ");
          });
      pauses.pass();

      assertThatThrownBy(first::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(AlreadyRunningException.class)
          .hasMessageContaining("process " + pid + " holds");
      thread.join();
      // The lock of the other one stays.
      assertThat(lock).exists();
    } finally {
      second.destroyForcibly().waitFor();
    }
  }
}
