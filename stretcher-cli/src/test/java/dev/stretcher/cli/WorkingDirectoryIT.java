package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged launcher, where it has no working directory. */
@Timeout(60)
class WorkingDirectoryIT extends AgentFixture {
  private static final String SAYS_WHERE = "/bin/pwd";

  @Test
  void aDeployWorksWhereItIsGone() throws Exception {
    Path where = directory.resolve("where");
    String manifest = app.manifest("commands: {post: ['pwd > %s']}".formatted(where)).toString();
    Map<String, String> environment = environment();
    environment.put("CONSUL_INDEX", "1");

    Cli.Result result =
        Launcher.finish(
            Launcher.start(
                gone("exec " + Launcher.path()),
                List.of(),
                "[" + consulEvent("1", manifest) + "]",
                environment));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("working directory is gone", "Deploy manifest succeeded.");
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
    assertThat(where).hasContent("/\n");
  }

  @Test
  void relativeNamesBeginAtTheRootThenAndTheMessagesSaySo() throws Exception {
    Path script = gone("exec " + Launcher.path() + " \"$@\"");
    String manifest = app.manifest().toString();

    Cli.Result config = start(script, "--config=my.yml", "deploy", manifest);
    Cli.Result file = start(script, "check", "my.yml");
    Map<String, String> environment = environment();
    environment.put("TMPDIR", "my-tmp");
    Cli.Result temporary =
        Launcher.finish(Launcher.start(script, List.of("deploy", manifest), "", environment));

    assertThat(config.exitCode()).isEqualTo(2);
    assertThat(config.err()).contains("relative names begin there", "/my.yml", "no such file");
    assertThat(file.exitCode()).isEqualTo(1);
    assertThat(file.err()).contains("/my.yml");
    assertThat(temporary.exitCode()).isEqualTo(1);
    assertThat(temporary.err())
        .contains("relative names begin there", "the temporary directory /my-tmp is not");
  }

  @Test
  void oneThatCameBackUnderTheSameNameIsAnotherOne() throws Exception {
    Path java = StubJava.home(directory.resolve("jdk"), SAYS_WHERE);
    Path script = gone("mkdir ../gone; exec " + Launcher.path());

    assertThat(StubJava.run(script, List.of(), "JAVA_HOME", java).out()).isEqualTo("/\n");
  }

  @Test
  void oneThatMayNotBeEnteredIsAsGoodAsGone() throws Exception {
    Tools.require("setpriv");
    Path closed = Files.createDirectories(directory.resolve("closed/in"));
    assumeTrue((int) Files.getAttribute(closed, "unix:uid") == 0, "only root can be someone else");
    Path java = StubJava.home(directory.resolve("jdk"), SAYS_WHERE);
    Path launcher = StubJava.launcher(directory.resolve("installation"), Map.of());
    TestApp.exec("chmod", "-R", "a+rX", directory.toString());
    Path script = directory.resolve("as-nobody");
    StubJava.program(
        script, "cd \"$1\" && exec setpriv --reuid=65534 --regid=65534 --clear-groups " + launcher);

    for (Path here : List.of(closed, closed.getParent())) {
      Files.setPosixFilePermissions(
          closed.getParent(), PosixFilePermissions.fromString("rwx------"));
      Cli.Result result = StubJava.run(script, List.of(here.toString()), "JAVA_HOME", java);

      assertThat(result.out()).as(result.err()).isEqualTo("/\n");
    }
  }

  @Test
  void oneThatIsALinkStaysWhatItIs() throws Exception {
    Path java = StubJava.home(directory.resolve("jdk"), "pwd");
    Path launcher = StubJava.launcher(Files.createDirectory(directory.resolve("real")), Map.of());
    Path link = Files.createSymbolicLink(directory.resolve("link"), launcher.getParent());
    Path script =
        StubJava.program(directory.resolve("script"), "cd " + link + " && exec ./stretcher");

    Cli.Result result = StubJava.run(script, List.of(), "JAVA_HOME", java);

    assertThat(result.out()).isEqualTo(link + "\n");
    assertThat(result.err()).isEmpty();
  }

  private Cli.Result start(Path script, String... args) throws Exception {
    return Launcher.finish(Launcher.start(script, List.of(args), "", environment()));
  }

  /** Makes a script that runs a line in a directory that is gone. */
  private Path gone(String line) throws Exception {
    Path gone = directory.resolve("gone");
    return StubJava.program(
        directory.resolve("script"),
        "mkdir %1$s && cd %1$s && rmdir ../gone\n%2$s".formatted(gone, line));
  }
}
