package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which Java runtime the launcher takes, on a host whose directories are the test's own. */
@Timeout(60)
class JavaSearchIT {
  private static final String SAYS_ITSELF = "echo \"$0\"";

  @TempDir private Path directory;
  private Path installed;
  private Path bin;
  private Path launcher;

  @BeforeEach
  void makeAHost() throws IOException {
    installed = directory.resolve("jvm");
    bin = Files.createDirectory(directory.resolve("bin"));
    StubJava.program(bin.resolve("readlink"), "PATH=/usr/bin:/bin exec readlink \"$@\"");
    Map<String, Object> directories = new LinkedHashMap<>();
    directories.put("/usr/local/bin:/usr/bin:/bin", bin);
    directories.put("/usr/lib/jvm", installed);
    launcher = StubJava.launcher(directory.resolve("installation"), directories);
  }

  @Test
  void theOneOnPathCountsMost() throws Exception {
    Path own = StubJava.program(directory.resolve("own/java"), SAYS_ITSELF);
    StubJava.program(bin.resolve("java"), SAYS_ITSELF);
    StubJava.home(installed.resolve("jdk-21"), "21.0.1", SAYS_ITSELF);

    assertThat(run("PATH", "/nowhere::" + own.getParent()).out()).isEqualTo(own + "\n");
  }

  @Test
  void wherePathHasNoneThatOfTheSystemIsTaken() throws Exception {
    Path java = StubJava.program(bin.resolve("java"), SAYS_ITSELF);
    StubJava.home(installed.resolve("jdk-21"), "21.0.1", SAYS_ITSELF);

    assertThat(run("PATH", "/nowhere").out()).isEqualTo(java + "\n");
    assertThat(run("PATH", "").out()).isEqualTo(java + "\n");
  }

  @Test
  void elseTheDefaultOneOfThoseThatAreInstalled() throws Exception {
    StubJava.home(installed.resolve("jdk-17"), "17.0.1", SAYS_ITSELF);
    StubJava.home(installed.resolve("jdk-25"), "25", SAYS_ITSELF);
    Path chosen = installed.resolve("default-java");
    Files.createSymbolicLink(chosen, Path.of("jdk-17"));

    assertThat(run("PATH", "/nowhere").out()).isEqualTo(chosen.resolve("bin/java\n").toString());
  }

  @Test
  void elseTheNewestOne() throws Exception {
    StubJava.home(installed.resolve("java-8"), "1.8.0_392", SAYS_ITSELF);
    Files.createSymbolicLink(installed.resolve("default-java"), Path.of("java-8"));
    Path newest = StubJava.home(installed.resolve("a-25"), "25", SAYS_ITSELF);
    StubJava.home(installed.resolve("b-17"), "17.0.1", SAYS_ITSELF);
    StubJava.home(installed.resolve("c-unknown"), SAYS_ITSELF);

    assertThat(run("PATH", "/nowhere").out()).isEqualTo(newest.resolve("bin/java\n").toString());
  }

  @Test
  void whereThereIsNoneTheMessageSaysWhereItWasLookedFor() throws Exception {
    Cli.Result result = run("PATH", "/nowhere");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("no java on PATH (/nowhere:" + bin + ") or in " + installed, "set JAVA_HOME");
  }

  @Test
  void oneOnPathThatIsTooOldGivesWayToOneThatIsInstalled() throws Exception {
    Path old = StubJava.home(directory.resolve("jdk-8"), "1.8.0_392", SAYS_ITSELF);
    Files.createSymbolicLink(bin.resolve("java"), old.resolve("bin/java"));
    StubJava.home(installed.resolve("jdk-11"), "11.0.2", SAYS_ITSELF);

    Cli.Result result = run("PATH", "/nowhere");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(bin + "/java is Java 1", "install a JRE 17 or newer");

    Path good = StubJava.home(installed.resolve("jdk-17"), "17.0.1", SAYS_ITSELF);
    assertThat(run("PATH", "/nowhere").out()).isEqualTo(good.resolve("bin/java\n").toString());
    assertThat(run("PATH", "").out()).isEqualTo(good.resolve("bin/java\n").toString());
  }

  @Test
  void oneThatIsTooOldIsNamedWithTheRemedy() throws Exception {
    Path eleven = StubJava.home(directory.resolve("jdk-11"), "11.0.2", SAYS_ITSELF);
    Path eight = StubJava.home(directory.resolve("jdk-8"), SAYS_ITSELF);
    Files.createDirectory(eight.resolve("lib"));
    Files.writeString(eight.resolve("lib/rt.jar"), "");

    for (Path home : List.of(eleven, eight)) {
      Cli.Result result = run("JAVA_HOME", home);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .contains(home + "/bin/java is Java ", "install a JRE 17 or newer, or set JAVA_HOME");
    }
  }

  @Test
  void theProgramsOfTheLauncherNeedNoPathAndTheAgentGetsItAsItIs() throws Exception {
    Path home = StubJava.home(directory.resolve("jdk"), "echo \"$PATH\"");
    Path link = Files.createSymbolicLink(directory.resolve("stretcher"), launcher);

    for (String path : List.of("/nowhere", "")) {
      Cli.Result result =
          StubJava.run(link, List.of(), "PATH", path, "JAVA_HOME", home, "LC_ALL", "C.UTF-8");

      assertThat(result.out()).isEqualTo(path + "\n");
      assertThat(result.err()).isEmpty();
    }
  }

  private Cli.Result run(Object... variables) throws Exception {
    return StubJava.run(launcher, List.of(), variables);
  }
}
