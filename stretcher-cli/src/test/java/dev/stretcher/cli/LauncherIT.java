package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.text.NativeText;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged launcher. */
class LauncherIT extends AgentFixture {
  @Test
  void isFoundThroughSymbolicLinks() throws Exception {
    Path real = Files.createDirectory(directory.resolve("bin dir"));
    Path first = Files.createSymbolicLink(real.resolve("stretcher-1"), Launcher.path());
    Path link =
        Files.createSymbolicLink(directory.resolve("stretcher"), Path.of("bin dir/stretcher-1"));

    assertThat(first).isSymbolicLink();
    assertThat(version(link, Map.of("PATH", System.getenv("PATH"))).out())
        .matches("stretcher \\S+\n");
  }

  @Test
  @Timeout(60)
  void onlyRegularFilesAreJars() throws Exception {
    Path copy = directory.resolve("installation");
    TestApp.exec("cp", "-r", Launcher.path().getParent().getParent() + "/.", copy.toString());
    TestApp.exec("mkfifo", copy.resolve("lib/pipe.jar").toString());

    assertThat(version(copy.resolve("bin/stretcher"), Map.of("PATH", System.getenv("PATH"))).out())
        .matches("stretcher \\S+\n");
  }

  @Test
  void limitsTheHeap() throws Exception {
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "JAVA_OPTS", "-XshowSettings:vm");

    assertThat(version(Launcher.path(), environment).err()).contains("92.00M");
  }

  @Test
  void honoursJavaOpts() throws Exception {
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "JAVA_OPTS", "-XshowSettings:vm -Xmx123m");

    assertThat(version(Launcher.path(), environment).err()).contains("123.00M");
  }

  @Test
  void saysWhatIsMissingWhenJavaHomeIsNone() throws Exception {
    Cli.Result result =
        StubJava.run(Launcher.path(), List.of(), "PATH", "/nowhere", "JAVA_HOME", "/no/such/jdk");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("JAVA_HOME is '/no/such/jdk'", "set it to a JDK 17 or newer");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatARuntimeTellsOfItselfNeitherBlocksNorConfuses() throws Exception {
    Path java = StubJava.home(directory.resolve("odd"), "9".repeat(30), "echo started");
    Path release = java.resolve("release");

    Cli.Result absurd = StubJava.run(Launcher.path(), List.of(), "JAVA_HOME", java);
    Files.delete(release);
    TestApp.exec("mkfifo", release.toString());
    Cli.Result pipe = StubJava.run(Launcher.path(), List.of(), "JAVA_HOME", java);

    assertThat(List.of(absurd.out() + absurd.err(), pipe.out() + pipe.err()))
        .containsOnly("started\n");
  }

  @Test
  void saysThatItMayHaveTooFewFilesOpen() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh", "-c", "ulimit -n 64; exec \"$0\" --version", Launcher.path().toString())
            .start();

    Cli.Result result = Launcher.finish(process);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("the limit of open files is 64", "ulimit -n 1024")
        .doesNotContain("bug", "\tat ");
  }

  @Test
  void leavesTheLimitOfOpenFilesAsItIs() throws Exception {
    Path java = StubJava.home(directory.resolve("limits"), "ulimit -S -n");
    Path script =
        StubJava.program(directory.resolve("script"), "ulimit -S -n 300; exec " + Launcher.path());

    assertThat(StubJava.run(script, List.of(), "JAVA_HOME", java).out()).isEqualTo("300\n");
  }

  @Test
  void aMissingShellOrRsyncIsNamedWithItsRemedy() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("empty"));
    TestApp app = new TestApp(directory).file("f", "x").pack();

    Cli.Result withoutShell =
        without(bin, app.manifest("sync_strategy: mv", "commands: {pre: ['true']}").toString());
    Cli.Result withoutRsync = without(bin, app.manifest("sync_strategy: rsync").toString());

    assertThat(withoutShell.err()).contains("sh: no such program in PATH (" + bin + "); install");
    assertThat(withoutRsync.err()).contains("rsync is not in PATH (" + bin + "); install");
    assertThat(withoutShell.exitCode()).isEqualTo(1);
    assertThat(withoutRsync.exitCode()).isEqualTo(1);
    assertThat(app.dest()).doesNotExist();
  }

  private static Cli.Result without(Path path, String manifest) throws Exception {
    List<String> arguments = List.of(Launcher.path().toString(), "deploy", manifest);
    return Launcher.finish(
        Launcher.start(Path.of("/bin/sh"), arguments, "", Map.of("PATH", path.toString())));
  }

  @Test
  void namesThatAreNotUnicodeAreDeployedAsTheyAre() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    // A name in Latin-1, which is not UTF-8.
    Path name = NativeText.path(new byte[] {'c', 'a', 'f', (byte) 0xe9});
    Files.writeString(tree.resolve(name), "x");
    TestApp.exec("tar", "-czf", directory.resolve("app.tar.gz").toString(), "-C", tree + "", ".");
    TestApp app = new TestApp(directory);

    Cli.Result result =
        run(List.of(), app.manifest("sync_strategy: mv").toString(), Map.of("LC_ALL", "C"));

    assertThat(result.exitCode()).isZero();
    assertThat(app.dest().resolve(name)).hasContent("x");
  }

  @Test
  void nothingIsDeployedOverTheAgentItself() throws Exception {
    Path home = Launcher.path().toRealPath().getParent().getParent();
    Path cache = Path.of(System.getProperty("stretcher.cache"));
    Path config = Files.writeString(directory.resolve("config.yml"), "retry: 1\n");
    Map<Path, String> places =
        Map.of(
            home,
            "is the agent's installation",
            home.resolve("lib/app"),
            "is in the agent's installation",
            cache.resolve("app"),
            "is in the agent's cache",
            directory,
            "holds the agent's ");
    for (Map.Entry<Path, String> place : places.entrySet()) {
      URI manifest =
          app.write(
              "src: file:/no/such\nchecksum: abc\ndest: %s\n"
                  .formatted(place.getKey())
                  .replace("abc", "0".repeat(64)));
      Cli.Result result =
          run(List.of("check", "--config=" + config, manifest.toString()), "", environment());
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains(place.getValue());
    }
  }

  @Test
  void whatIsPrintedToAClosedStdoutIsMissedAndADeployDoesNotNeedIt() throws Exception {
    Path script =
        StubJava.program(
            directory.resolve("script"), "exec %s \"$@\" >&-".formatted(Launcher.path()));
    String manifest = app.manifest("commands: {success: [echo done]}").toString();

    Cli.Result deploy = started(script, "deploy", manifest);
    Cli.Result history = started(script, "history", "--json");

    assertThat(deploy.exitCode()).as(deploy.err()).isZero();
    assertThat(history.exitCode()).isEqualTo(1);
    assertThat(history.err()).startsWith("stretcher: cannot write to STDOUT: ");
  }

  private Cli.Result started(Path launcher, String... arguments) throws Exception {
    return Launcher.finish(Launcher.start(launcher, List.of(arguments), "", environment()));
  }

  private static Cli.Result version(Path launcher, Map<String, String> environment)
      throws Exception {
    return Launcher.finish(Launcher.start(launcher, List.of("--version"), "", environment));
  }
}
