package dev.stretcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();

  @Test
  void argumentsReachTheProgramAsTheyAre() throws Exception {
    Command command = Command.of(List.of("printf", "%s\n", "a b", "$HOME", "'", "", "-x"));

    assertThat(ChildProcess.run(command.withOutput(out::add))).isZero();
    assertThat(out).containsExactly("a b", "$HOME", "'", "", "-x");
  }

  @Test
  void theOutputsAreMergedInTheOrderOfWriting() throws Exception {
    ChildProcess.run(shell("for i in 1 2 3; do echo o$i; echo e$i >&2; done").withOutput(out::add));

    assertThat(out).containsExactly("o1", "e1", "o2", "e2", "o3", "e3");
  }

  @Test
  void theOutputsAreSeparateOnDemand() throws Exception {
    ChildProcess.run(shell("echo o; echo e >&2").withOutput(out::add, err::add));

    assertThat(out).containsExactly("o");
    assertThat(err).containsExactly("e");
  }

  @Test
  void theOutputOfAProgramThatEndsAtOnceIsComplete() throws Exception {
    for (int i = 0; i < 50; i++) {
      out.clear();
      ChildProcess.run(Command.of(List.of("echo", "x")).withOutput(out::add));
      assertThat(out).containsExactly("x");
    }
  }

  @Test
  void aSlowTakerOfLinesLosesNone() throws Exception {
    Command command = shell("seq 1 12000").withOutput(line -> out.add(slowly(line)));

    ChildProcess.run(command);

    assertThat(out).hasSize(12000).endsWith("12000");
  }

  // What takes longer than the second for which the output of an ended program is waited for.
  private static String slowly(String line) {
    long end = System.nanoTime() + 120_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return line;
  }

  @Test
  void theWorkingDirectoryIsTheOneAskedFor(@TempDir Path directory) throws Exception {
    Path real = directory.toRealPath();

    ChildProcess.run(shell("pwd -P").withDirectory(real).withOutput(out::add));

    assertThat(out).containsExactly(real.toString());
  }

  @Test
  void theEnvironmentIsTheInheritedOneAndTheAddedOne() throws Exception {
    Command command =
        shell("echo $A-$B-${HOME-unset}")
            .withInherited(Map.of("A", "1", "B", "2", "PATH", "/usr/bin:/bin"))
            .withEnvironment(Map.of("B", "3"));

    ChildProcess.run(command.withOutput(out::add));

    assertThat(out).containsExactly("1-3-unset");
  }

  @Test
  void aVariableThatCannotExistIsNamedAnError() {
    Command command = shell("true").withEnvironment(Map.of("A=B", "x"));

    assertThatThrownBy(() -> ChildProcess.run(command))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("environment of sh");
  }

  @Test
  void withoutInputStdinIsEmpty() throws Exception {
    ChildProcess.run(shell("readlink /proc/self/fd/0; wc -c").withOutput(out::add));

    assertThat(out.get(out.size() - 1).strip()).isEqualTo("0");
  }

  @Test
  void theInputArrivesWhole() throws Exception {
    byte[] input = "line\n".repeat(500_000).getBytes(StandardCharsets.US_ASCII);

    ChildProcess.run(
        shell("wc -c").withInput(new ByteArrayInputStream(input)).withOutput(out::add));

    assertThat(out).singleElement().asString().isEqualToIgnoringWhitespace("" + input.length);
  }

  @Test
  void inputThatCannotBeReadIsAnError(@TempDir Path directory) throws Exception {
    InputStream closed = new FileInputStream(Files.createFile(directory.resolve("f")).toFile());
    closed.close();

    assertThatThrownBy(() -> ChildProcess.run(shell("cat").withInput(closed)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("input");
  }

  @Test
  void anErrorInATakerOfLinesDoesNotBlockTheProgram() {
    assertThatThrownBy(
            () ->
                ChildProcess.run(
                    shell("seq 1 200000")
                        .withOutput(
                            line -> {
                              throw new StackOverflowError("on purpose");
                            })))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void whatATakerOfLinesThrowsIsThrownAfterTheEnd(@TempDir Path directory) {
    Path marker = directory.resolve("marker");
    Command command = shell("echo a; echo b; touch " + marker);

    assertThatThrownBy(
            () ->
                ChildProcess.run(
                    command.withOutput(
                        line -> {
                          out.add(line);
                          throw new IllegalStateException("on purpose");
                        })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(out).containsExactly("a");
    assertThat(Files.exists(marker)).isTrue();
  }

  @Test
  void aProgramThatIsNotInPathIsNamedWithPathAndRemedy() {
    Command command = Command.of(List.of("no-such-program"));

    assertThatThrownBy(() -> ChildProcess.run(command))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("no-such-program", "PATH", System.getenv("PATH"), "install");
  }

  @Test
  void argumentsThatAreTooLongAreExplained() {
    Command command = Command.of(List.of("echo", "x".repeat(200_000)));

    assertThatThrownBy(() -> ChildProcess.run(command))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("echo", "128 KiB", "script");
  }

  @Test
  void anInterruptedThreadStartsNothing(@TempDir Path directory) {
    Path marker = directory.resolve("marker");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> ChildProcess.run(shell("touch " + marker)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Files.exists(marker)).isFalse();
  }

  private static Command shell(String line) {
    return Command.of(List.of("sh", "-c", line));
  }
}
