package dev.stretcher.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
  private static final String USER = "nobody";
  private static final Duration GRACE = Duration.ofMillis(500);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  @TempDir private Path directory;

  /** Returns the runner to test. */
  protected abstract HookRunner runner();

  @Test
  void hasANameInOneLine() {
    assertThat(runner().name()).isNotBlank().doesNotContain("\n");
  }

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
    runner().run(hook(phase, "echo one; echo two >&2; printf three", Optional.empty()));

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
    runner().run(hook(line, Optional.empty(), inherited(), environment));

    assertThat(lines).containsExactly("a b='\"$c", "größer", "path");
  }

  @Test
  void theInheritedEnvironmentIsThatOfTheHookAndNotThatOfThisProcess() throws Exception {
    assumeTrue(System.getenv("HOME") != null, "this process has no HOME");
    Map<String, String> inherited = new HashMap<>(inherited());
    inherited.putAll(Map.of("STRETCHER_A", "theirs", "STRETCHER_B", "theirs"));
    String line = "echo $STRETCHER_A $STRETCHER_B ${HOME-none}";

    runner().run(hook(line, Optional.empty(), inherited, Map.of("STRETCHER_B", "added")));

    assertThat(lines).containsExactly("theirs added none");
  }

  @Test
  void aHookRunsInItsDirectory() throws Exception {
    assertThat(run("pwd -P")).isZero();

    assertThat(lines).containsExactly(directory.toRealPath().toString());
  }

  @Test
  void anotherUserIsRefusedOrTheHookRunsAsThatOne() throws Exception {
    assumeTrue(mayRunAs(USER), "it does not run hooks as another user, and says so");

    assertThat(runner().run(hook("id -un", Optional.of(USER), inherited(), Map.of()))).isZero();

    assertThat(lines).containsExactly(USER);
  }

  @Test
  void whatAManifestAddsActsOnlyOnceTheHookRunsAsItsUser() throws Exception {
    assumeTrue(mayRunAs(USER), "it does not run hooks as another user, and says so");
    // Only the user of this process can write into this directory.
    Path ran = directory.resolve("ran");
    Path programs = Files.createDirectory(directory.resolve("bin"));
    for (String name : List.of("sh", "setpriv", "setsid", "su", "sudo", "runuser", "env", "id")) {
      Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\necho >> " + ran + "\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    Map<String, String> added = Map.of("PATH", programs + ":/usr/bin:/bin", "A", "it's $B");

    runner().run(hook("echo \"$A\"", Optional.of(USER), inherited(), added));

    assertThat(lines).containsExactly("it's $B");
    assertThat(ran).doesNotExist();
  }

  @Test
  void aUserThatDoesNotExistIsRefused() {
    assertThat(mayRunAs("no-such-user-here")).isFalse();
  }

  /** Tells whether hooks can run as a user; a refusal has to name it. */
  private boolean mayRunAs(String user) {
    try {
      runner().checkRunAs(user, inherited());
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContainingAll("run_as", user);
      return false;
    }
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
  void aHookThatDoesNotEndWhenItIsToldToIsKilledAfterItsGrace() throws Exception {
    Background hook = inBackground("trap '' TERM; echo started; while :; do sleep 1; done");
    assertThat(lines.poll(30, SECONDS)).isEqualTo("started");

    hook.thread().interrupt();

    assertThatThrownBy(() -> hook.status().get(60, SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void aThreadThatIsInterruptedBeforeRunsNothingAndIsNotInterruptedAfterwards() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> run("echo unreachable")).isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(lines).isEmpty();
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
    return runner().run(hook(Hook.Phase.PRE, line, Optional.empty()));
  }

  private int withInput(String line, String input) throws Exception {
    InputStream stream = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return runner().run(hook(Hook.Phase.SUCCESS, line, Optional.of(stream)));
  }

  private static Map<String, String> inherited() {
    return Map.of("PATH", System.getenv("PATH"));
  }

  private Hook hook(Hook.Phase phase, String line, Optional<InputStream> input) {
    return new Hook(
        phase,
        line,
        Optional.empty(),
        inherited(),
        Map.of(),
        directory,
        GRACE,
        input,
        (stream, text) -> lines.add(text));
  }

  private Hook hook(
      String line,
      Optional<String> user,
      Map<String, String> inherited,
      Map<String, String> environment) {
    Hook hook = hook(Hook.Phase.PRE, line, Optional.empty());
    return new Hook(
        hook.phase(),
        line,
        user,
        inherited,
        environment,
        directory,
        GRACE,
        hook.input(),
        hook.output());
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
