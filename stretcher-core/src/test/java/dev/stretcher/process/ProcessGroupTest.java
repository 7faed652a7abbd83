package dev.stretcher.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessGroupTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void theProgramLeadsAProcessGroup() throws Exception {
    ChildProcess.run(shell("ps -o pgid= -p $$; echo $$"));

    String group = nextLine().strip();
    assertThat(nextLine()).isEqualTo(group);
  }

  @Test
  void anInterruptEndsTheProgramAndItsChildren() throws Exception {
    Run run = new Run(shell("sleep 1000 & echo $!; sleep 1000"));
    ProcessHandle child = nextProcess();

    run.interrupt();

    assertThat(run.outcome()).containsInstanceOf(InterruptedException.class);
    assertThat(isRunning(child)).isFalse();
  }

  @Test
  void aProgramMayEndOnItsOwnTermsWithinTheGracePeriod() throws Exception {
    Run run = new Run(shell("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 1; done"));
    assertThat(nextLine()).isEqualTo("ready");

    run.interrupt();

    assertThat(run.outcome()).containsInstanceOf(InterruptedException.class);
    // The shell may also say that its sleep was terminated.
    assertThat(lines).contains("bye");
  }

  @Test
  void whoIgnoresTermIsKilledAfterTheGracePeriod() throws Exception {
    String deaf = "trap '' TERM; (echo $(sh -c 'echo $PPID'); while :; do sleep 1; done) & wait";
    Run run = new Run(shell(deaf).withGrace(Duration.ofMillis(100)));
    ProcessHandle child = nextProcess();

    run.interrupt();

    assertThat(run.outcome()).containsInstanceOf(InterruptedException.class);
    Condition.await(() -> !isRunning(child));
  }

  @Test
  void aSecondInterruptKillsAtOnce() throws Exception {
    String deaf = "trap 'echo got it' TERM; echo ready; while :; do sleep 1000 & wait; done";
    Run run = new Run(shell(deaf).withGrace(Duration.ofDays(1)));
    assertThat(nextLine()).isEqualTo("ready");

    run.interrupt();
    assertThat(nextLine()).isEqualTo("got it");
    run.interrupt();

    assertThat(run.outcome()).containsInstanceOf(InterruptedException.class);
  }

  @Test
  void childrenAreEndedEvenIfTheProgramIsGone() throws Exception {
    // What holds the output keeps us waiting for a second; the interrupt comes within it.
    Run run = new Run(shell("sleep 1000 & echo $$; echo $!"));
    long program = Long.parseLong(nextLine());
    ProcessHandle child = nextProcess();
    Condition.await(() -> ProcessHandle.of(program).isEmpty());

    run.interrupt();

    assertThat(run.outcome()).containsInstanceOf(InterruptedException.class);
    assertThat(isRunning(child)).isFalse();
  }

  @Test
  void aDaemonDoesNotHoldUpTheEnd() throws Exception {
    long start = System.nanoTime();

    int status = ChildProcess.run(shell("sleep 20 & echo $!; exit 7"));

    assertThat(status).isEqualTo(7);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    ProcessHandle daemon = nextProcess();
    assertThat(daemon.isAlive()).isTrue();
    daemon.destroy();
  }

  @Test
  void whatADaemonPrintsWithinASecondIsDelivered() throws Exception {
    ChildProcess.run(shell("(sleep 0.2; echo late) & echo started"));

    assertThat(lines).containsExactly("started", "late");
  }

  @Test
  void anEndlessWriterLeftBehindIsCutOff() throws Exception {
    // It says who it is before it writes without end.
    ChildProcess.run(shell("sh -c 'echo $$; exec yes' &"));

    ProcessHandle daemon = nextProcess();
    assertThat(daemon.isAlive()).isTrue();
    daemon.destroy();
  }

  @Test
  void aDaemonCanWriteAfterTheEnd(@TempDir Path directory) throws Exception {
    Path marker = directory.resolve("marker");
    String daemon = "(sleep 3; echo late; echo later; touch " + marker + ") & echo started";

    ChildProcess.run(shell(daemon));

    assertThat(lines).containsExactly("started");
    assertThat(Files.exists(marker)).isFalse();
    Condition.await(() -> Files.exists(marker));
  }

  @Test
  void nothingReadsOnceTheDaemonIsGone() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs Linux's /proc");
    ChildProcess.run(shell("sleep 1000 & echo $!"));
    ProcessHandle daemon = nextProcess();
    String pipe = descriptor(daemon, 1);
    Condition.await(() -> drainOf(pipe).isPresent());
    ProcessHandle drain = drainOf(pipe).orElseThrow();

    assertThat(descriptor(drain, 1)).isEqualTo("/dev/null");
    assertThat(descriptor(drain, 2)).isEqualTo("/dev/null");
    daemon.destroy();
    Condition.await(() -> !drain.isAlive());
  }

  private static Optional<ProcessHandle> drainOf(String pipe) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("cat"))
        .filter(child -> descriptor(child, 0).equals(pipe))
        .findFirst();
  }

  private static String descriptor(ProcessHandle process, int number) {
    try {
      Path link = Path.of("/proc/" + process.pid() + "/fd/" + number);
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "none";
    }
  }

  @Test
  void withoutSetsidTheKnownChildrenAreEnded(@TempDir Path programs) throws Exception {
    for (String name : List.of("sh", "sleep", "cat")) {
      Path real = Path.of(new SearchPath("/usr/bin:/bin").require(name));
      Files.createSymbolicLink(programs.resolve(name), real);
    }
    Run run =
        new Run(
            shell("sleep 1000 & echo $!; wait").withInherited(Map.of("PATH", programs.toString())));
    ProcessHandle child = nextProcess();

    run.interrupt();

    assertThat(run.outcome()).containsInstanceOf(InterruptedException.class);
    Condition.await(() -> !isRunning(child));
  }

  private Command shell(String line) {
    return Command.of(List.of("sh", "-c", line)).withOutput(lines::add);
  }

  private String nextLine() throws InterruptedException {
    String line = lines.poll(30, SECONDS);
    assertThat(line).as("a line within 30 s").isNotNull();
    return line;
  }

  private ProcessHandle nextProcess() throws InterruptedException {
    return ProcessHandle.of(Long.parseLong(nextLine())).orElseThrow();
  }

  // An orphan stays a zombie where nobody collects it, as in a container without an init.
  private static boolean isRunning(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return process.isAlive();
    }
  }

  /** A run in another thread. */
  private static final class Run {
    private final CompletableFuture<Optional<Exception>> outcome = new CompletableFuture<>();
    private final Thread thread;

    Run(Command command) {
      thread =
          new Thread(
              () -> {
                try {
                  ChildProcess.run(command);
                  outcome.complete(Optional.empty());
                } catch (Exception e) {
                  outcome.complete(Optional.of(e));
                }
              });
      thread.start();
    }

    void interrupt() {
      thread.interrupt();
    }

    Optional<Exception> outcome() throws Exception {
      return outcome.get(30, SECONDS);
    }
  }
}
