package dev.stretcher.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput;
import dev.stretcher.spi.HookRunner;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link HookRunner} has to do. The test of a runner extends this class.
 *
 * <p>Commands are lines for a POSIX shell, which must be able to read and write local files.
 */
@Timeout(120)
public abstract class HookRunnerContract {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  @TempDir private Path directory;

  /** Returns the runner to test. */
  protected abstract HookRunner runner();

  @Test
  void aHookThatWorksHasStatus0() throws Exception {
    assertThat(run("true")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 77, 255})
  void theStatusOfAHookThatFailsIsItsOwn(int status) throws Exception {
    assertThat(run("exit " + status)).isEqualTo(status);
  }

  @Test
  void theStatusOfAHookThatWasKilledIs128AndTheSignal() throws Exception {
    assertThat(run("kill -9 $$")).isEqualTo(128 + 9);
    assertThat(run("kill -15 $$")).isEqualTo(128 + 15);
  }

  @Test
  void aCommandThatDoesNotExistFailsTheHook() throws Exception {
    assertThat(run("no-such-command-anywhere")).isEqualTo(127);
  }

  @ParameterizedTest
  @EnumSource
  void bothOutputsAreDeliveredByTheEnd(Hook.Phase phase) throws Exception {
    runner().run(hook(phase, "echo one; echo two >&2; printf three", Map.of(), Optional.empty()));

    assertThat(lines).containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void outputIsDeliveredWhileTheHookRuns() throws Exception {
    Path go = directory.resolve("go");
    CompletableFuture<Integer> status =
        inBackground("echo waiting; while ! [ -e '" + go + "' ]; do sleep 0.05; done").status();

    assertThat(lines.poll(30, SECONDS)).isEqualTo("waiting");
    assertThat(status).isNotDone();

    Files.createFile(go);
    assertThat(status.get(30, SECONDS)).isZero();
  }

  @Test
  void textIsUtf8() throws Exception {
    run("echo 'größer 日本 😀'");

    assertThat(lines).containsExactly("größer 日本 😀");
  }

  @Test
  void manyLinesArriveInOrder() throws Exception {
    run("i=0; while [ $i -lt 5000 ]; do echo $i; i=$((i + 1)); done");

    assertThat(lines).hasSize(5000).startsWith("0", "1").endsWith("4998", "4999");
  }

  @Test
  void variablesAreAddedToTheEnvironment() throws Exception {
    String line = "printf '%s\\n' \"$STRETCHER_A\" \"$STRETCHER_B\" \"${PATH:+path}\"";
    Map<String, String> environment = Map.of("STRETCHER_A", "a b='\"$c", "STRETCHER_B", "größer");
    runner().run(hook(Hook.Phase.PRE, line, environment, Optional.empty()));

    assertThat(lines).containsExactly("a b='\"$c", "größer", "path");
  }

  @Test
  void withoutInputStdinIsEmpty() throws Exception {
    assertThat(run("cat; echo end")).isZero();
    assertThat(lines).containsExactly("end");
  }

  @Test
  void theInputIsDeliveredWhole() throws Exception {
    assertThat(withInput("cat", "größer\nlast")).isZero();
    assertThat(lines).containsExactly("größer", "last");
  }

  @Test
  void aHookNeedNotReadItsInput() throws Exception {
    String huge = "x".repeat(5_000_000);

    assertThat(withInput("true", huge)).isZero();
    assertThat(withInput("exec <&-; echo closed", huge)).isZero();
    assertThat(withInput("head -c 3; exit 4", huge)).isEqualTo(4);
    assertThat(lines).containsExactly("closed", "xxx");
  }

  @Test
  void anInterruptEndsTheHookAndItsChildren() throws Exception {
    // The child writes as long as it lives: to a FIFO, whose end is when no one has it open.
    Path fifo = directory.resolve("fifo");
    assertThat(run("mkfifo '" + fifo + "'")).isZero();
    Background hook =
        inBackground("sleep 1000 >'" + fifo + "' & echo started; sleep 1000; echo unreachable");
    try (InputStream end = Files.newInputStream(fifo)) {
      assertThat(lines.poll(30, SECONDS)).isEqualTo("started");

      hook.thread().interrupt();

      assertThatThrownBy(() -> hook.status().get(60, SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(end.read()).as("the end of what the child holds open").isEqualTo(-1);
    }
    assertThat(lines).doesNotContain("unreachable");
  }

  @Test
  void hooksMayRunAtOnce() throws Exception {
    // Each waits for the other.
    String meet = "touch '%1$s/%2$s'; while ! [ -e '%1$s/%3$s' ]; do sleep 0.05; done; echo %2$s";
    Background a = inBackground(meet.formatted(directory, "a", "b"));
    Background b = inBackground(meet.formatted(directory, "b", "a"));

    assertThat(a.status().get(60, SECONDS)).isZero();
    assertThat(b.status().get(60, SECONDS)).isZero();
    assertThat(lines).containsExactlyInAnyOrder("a", "b");
  }

  private int run(String line) throws Exception {
    return runner().run(hook(Hook.Phase.PRE, line, Map.of(), Optional.empty()));
  }

  private int withInput(String line, String input) throws Exception {
    InputStream stream = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return runner().run(hook(Hook.Phase.SUCCESS, line, Map.of(), Optional.of(stream)));
  }

  private Hook hook(
      Hook.Phase phase, String line, Map<String, String> environment, Optional<InputStream> input) {
    HookOutput output = (stream, text) -> lines.add(text);
    return new Hook(phase, line, environment, input, output);
  }

  private record Background(Thread thread, CompletableFuture<Integer> status) {}

  private Background inBackground(String line) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                status.complete(run(line));
              } catch (Exception e) {
                status.completeExceptionally(e);
              }
            });
    thread.start();
    return new Background(thread, status);
  }
}
