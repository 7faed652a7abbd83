package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.contract.Condition;
import dev.stretcher.option.Setting;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged launcher under consul watch, which a status other than 0 would end. */
@Timeout(120)
class UnderConsulIT extends AgentFixture {
  private Path log;

  @BeforeEach
  void chooseALog() {
    log = directory.resolve("log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx9999999g", "-XX:NoSuchOption", "-Xmx8m -Xms16m"})
  void aJvmThatDoesNotStartDoesNotEndTheWatch(String options) throws Exception {
    Cli.Result result = agent("[]", "JAVA_OPTS", options, "CONSUL_INDEX", "1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("bin/java ended with status 1 before the deploy was over");
    assertThat(agent("[]", "JAVA_OPTS", options).exitCode()).isEqualTo(1);
  }

  @Test
  void norDoesOneThatIsKilled() throws Exception {
    Path java = StubJava.home(directory.resolve("jdk"), "kill -KILL $$");

    Cli.Result result = stub(java, "CONSUL_INDEX", "1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("SIGKILL ended the JVM", "memory is short");
    assertThat(stub(java).exitCode()).isEqualTo(137);
    assertThat(stub(java, "CONSUL_INDEX", "").exitCode()).isEqualTo(137);
  }

  @Test
  void norDoesAProgramThatIsNoneOrAnInstallationWithoutJars() throws Exception {
    Path java = StubJava.home(directory.resolve("jdk"), "");
    Path launcher = StubJava.launcher(directory.resolve("installation"), Map.of());
    Files.delete(launcher.resolveSibling("../lib/stretcher.jar"));
    Path foreign = StubJava.home(directory.resolve("foreign"), "");
    Files.write(foreign.resolve("bin/java"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, 3});

    Cli.Result noJars = StubJava.run(launcher, List.of(), "JAVA_HOME", java, "CONSUL_INDEX", "1");
    Cli.Result noProgram = stub(foreign, "CONSUL_INDEX", "1");
    Cli.Result noJava = stub(directory.resolve("nowhere"), "CONSUL_INDEX", "1");

    assertThat(noJars.exitCode()).isZero();
    assertThat(noJars.err()).contains("there are no jars in ", "install Stretcher anew");
    assertThat(noProgram.exitCode()).isZero();
    assertThat(noProgram.err()).contains(foreign + "/bin/java ended with status");
    assertThat(noJava.exitCode()).isZero();
    assertThat(noJava.err()).contains("which has no bin/java");
  }

  @Test
  void anInquiryIsAnsweredHoweverItsFlagsAreWritten() throws Exception {
    Path java = StubJava.home(directory.resolve("jdk"), "exit 7");
    for (Setting<?> flag : Commands.flags()) {
      String name = Flag.of(flag);
      if (!flag.isSwitch()) {
        assertThat(inquiry(java, name, "check", "deploy", "u")).as(name).isZero();
        assertThat(inquiry(java, name + "=check", "deploy", "u")).as(name).isZero();
      }
      List<String> before = flag.isSwitch() ? List.of(name, "check") : List.of(name, "v", "check");
      assertThat(inquiry(java, before.toArray(String[]::new))).as(name).isEqualTo(7);
    }
    assertThat(inquiry(java, "history")).isEqualTo(7);
    assertThat(inquiry(java, "doctor", "--format", "json")).isEqualTo(7);
    assertThat(inquiry(java, "pack", "-o", "a.tgz", "d")).isEqualTo(7);
    assertThat(inquiry(java, "verify", "--full", "d")).isEqualTo(7);
    assertThat(inquiry(java, "releases", "--json", "d")).isEqualTo(7);
    assertThat(inquiry(java, "rollback", "--to", "releases", "d")).isZero();
    assertThat(inquiry(java, "help", "limits")).isEqualTo(7);
    assertThat(inquiry(java, "wait", "--timeout", "5m", "shop")).isEqualTo(7);
    assertThat(inquiry(java, "rollout", "--back", "shop")).isEqualTo(7);
    assertThat(inquiry(java, "agent", "--once", "--app", "status")).isZero();
    assertThat(inquiry(java, "deploy", "u", "-dry-run")).isEqualTo(7);
    assertThat(inquiry(java, "deploy", "u", "--dry-run=false")).isZero();
    assertThat(inquiry(java, "deploy", "check")).isZero();
    assertThat(inquiry(directory.resolve("nowhere"), "check", "u")).isEqualTo(1);
  }

  private static int inquiry(Path java, String... args) throws Exception {
    return StubJava.run(Launcher.path(), List.of(args), "JAVA_HOME", java, "CONSUL_INDEX", "1")
        .exitCode();
  }

  @Test
  void whatConsulWritesReachesTheJvm() throws Exception {
    Path java = StubJava.home(directory.resolve("jdk"), "wc -c");
    Process process =
        StubJava.start(Launcher.path(), List.of(), "JAVA_HOME", java, "CONSUL_INDEX", "1");
    try (OutputStream in = process.getOutputStream()) {
      in.write(new byte[300_000]);
    }

    assertThat(Launcher.finish(process).out().strip()).isEqualTo("300000");
  }

  @Test
  void closedDescriptorsAreNoReasonToFail() throws Exception {
    Path java = StubJava.home(directory.resolve("jdk"), "cat; exit 3");
    for (String closed : List.of("<&-", ">&-", "2>&-", "<&- >&- 2>&-")) {
      Path script =
          StubJava.program(
              directory.resolve("script"), "exec %s %s".formatted(Launcher.path(), closed));

      assertThat(StubJava.run(script, List.of(), "JAVA_HOME", java, "CONSUL_INDEX", "1").exitCode())
          .as(closed)
          .isZero();
    }
  }

  @Test
  void aClosedStdinIsAnEmptyOne() throws Exception {
    Path script =
        StubJava.program(
            directory.resolve("script"), "exec %s --state-dir= <&-".formatted(Launcher.path()));

    assertThat(StubJava.run(script, List.of()).err()).contains("STDIN is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalCancelsTheDeployAndLeavesNothing(String signal) throws Exception {
    Process process = runningDeploy();
    List<ProcessHandle> started = process.descendants().toList();

    TestApp.exec("kill", "-" + signal, Long.toString(process.pid()));

    assertThat(process.waitFor()).isZero();
    assertThat(started).hasSizeGreaterThan(1);
    for (ProcessHandle each : started) {
      assertThat(Launcher.isRunning(each.pid())).as(each.info().toString()).isFalse();
    }
    assertIsCancelled();
  }

  @Test
  void aSignalWithoutAMeaningDoesNotEndTheWatch() throws Exception {
    Process process = runningDeploy();
    for (String signal : List.of("USR1", "USR2", "ALRM", "TERM")) {
      TestApp.exec("kill", "-" + signal, Long.toString(process.pid()));
    }

    assertThat(Launcher.finish(process).exitCode()).isZero();
    assertIsCancelled();
  }

  @Test
  void whenTheLauncherIsKilledTheJvmNoticesAndCancels() throws Exception {
    Process process = runningDeploy();
    List<ProcessHandle> started = process.descendants().toList();

    process.destroyForcibly();

    for (ProcessHandle each : started) {
      Condition.await(() -> !Launcher.isRunning(each.pid()));
    }
    assertThat(log).content().contains("the launcher was killed");
    assertIsCancelled();
  }

  private void assertIsCancelled() throws Exception {
    assertThat(log).content().contains(" Cancelled: ");
    assertThat(app.dest()).doesNotExist();
    assertNothingIsLeft();
  }

  /** Starts a deploy whose log is a file, and waits until it is in a command that takes long. */
  private Process runningDeploy() throws Exception {
    Path started = directory.resolve("started");
    String event =
        consulEvent("1", app.manifest("commands: {pre: ['> %s; sleep 300']}".formatted(started)));
    Path script =
        StubJava.program(
            directory.resolve("script"), "exec %s 2>%s".formatted(Launcher.path(), log));
    Map<String, String> environment = environment();
    environment.put("CONSUL_INDEX", "1");
    Process process = Launcher.start(script, List.of(), "[" + event + "]", environment);
    Condition.await(() -> Files.exists(started) || !process.isAlive());
    assertThat(started).exists();
    return process;
  }

  private static Cli.Result stub(Path java, Object... variables) throws Exception {
    List<Object> all = new ArrayList<>(List.of(variables));
    all.addAll(List.of("JAVA_HOME", java));
    return StubJava.run(Launcher.path(), List.of(), all.toArray());
  }
}
