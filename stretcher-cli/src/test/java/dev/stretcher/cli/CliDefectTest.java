package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the command line says of a failure that nobody expected. */
class CliDefectTest {
  private static final Map<String, String> NOTHING = Map.of("XDG_STATE_HOME", "/dev/null");

  private static Cli.Result launch(Error defect, Map<String, String> environment) {
    InputStream stdin =
        new InputStream() {
          @Override
          public int read() {
            throw defect;
          }
        };
    return Cli.launch(List.of(), stdin, environment);
  }

  @Test
  void isToBeReportedWithItsTrace() {
    Cli.Result result = launch(new AssertionError("odd\n2026/01/01 00:00:00 Done"), NOTHING);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .containsSubsequence(
            "stretcher: this is a bug, please report it with what follows",
            "  java.lang.AssertionError: odd",
            "  2026/01/01 00:00:00 Done")
        .anyMatch(line -> line.matches("  \tat dev\\.stretcher\\..*"))
        .noneMatch(line -> line.startsWith("2026/01/01"));
  }

  @Test
  void tooLittleMemoryIsNoBugAndHasARemedy() {
    Cli.Result result = launch(new OutOfMemoryError("Java heap space"), NOTHING);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith("stretcher: the memory of the JVM is not enough; raise it by JAVA_OPTS=-Xmx\n")
        .doesNotContain("bug", "\tat ");
  }

  @Test
  void tooFewThreadsAreNoMatterOfMemory() {
    OutOfMemoryError error =
        new OutOfMemoryError(
            "unable to create native thread: possibly out of memory or process/resource limits"
                + " reached");

    Cli.Result result = launch(error, NOTHING);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("ulimit -u", "TasksMax").doesNotContain("bug", "Xmx");
  }

  @Test
  void doesNotEndAConsulWatch() {
    Map<String, String> watched = Map.of("XDG_STATE_HOME", "/dev/null", "CONSUL_INDEX", "1");

    assertThat(launch(new AssertionError("odd"), watched).exitCode()).isZero();
    assertThat(launch(new OutOfMemoryError("x"), watched).exitCode()).isZero();
  }
}
