package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Directories of the system as dest of the packaged agent, in a mount namespace of its own in which
 * {@code /etc} is a copy: were it emptied, no one would miss it.
 */
class ReservedDestIT extends AgentFixture {
  private static final String SCRIPT =
      """
      #!/bin/sh
      # Runs the agent where /etc is a copy, which is mounted a second time.
      set -e
      exec unshare -m --propagation private sh -ec '
        here=$1; launcher=$2; shift 2
        mount -t tmpfs -o mode=755 tmpfs "$here/bound"
        cp -a /etc/. "$here/bound"
        mount --bind "$here/bound" /etc
        echo "app:x:4711:4711::$here/home-of-app:/bin/sh" >>/etc/passwd
        status=0
        "$launcher" "$@" || status=$?
        grep -q ^app: /etc/passwd || echo "/etc was emptied" >&2
        exit $status
      ' sh "$@"
      """;

  private Path script;

  @BeforeEach
  void makeCopies() throws Exception {
    Tools.require("unshare");
    for (String name : List.of("bound", "home-of-app")) {
      Files.createDirectory(directory.resolve(name));
    }
    script = Files.writeString(directory.resolve("in-a-namespace"), SCRIPT);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assumeTrue(
        Files.getAttribute(script, "unix:uid").equals(0)
            && new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0,
        "only root can have a mount namespace");
  }

  private Cli.Result deploy(Object dest, String... flags) throws Exception {
    String manifest =
        app.write(
                "src: %s\nchecksum: %s\ndest: %s\n"
                    .formatted(app.archive().toUri(), app.sha256(), dest))
            .toString();
    List<String> arguments =
        new java.util.ArrayList<>(List.of(directory.toString(), Launcher.path().toString()));
    arguments.addAll(List.of(flags));
    arguments.addAll(List.of("deploy", manifest));
    return Launcher.finish(Launcher.start(script, arguments, "", environment()));
  }

  private void assertRefused(Object dest, String why) throws Exception {
    Cli.Result result = deploy(dest);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .contains(why)
        .doesNotContain("Loading URL " + app.archive().toUri(), "/etc was emptied");
  }

  @Test
  void theyAreRefusedByWhateverWayTheyAreReached() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/etc"));
    assertRefused("//etc/../etc/", "dest /etc is a directory of the system");
    assertRefused(link, "dest " + link + " (/etc) is a directory of the system");
    assertRefused("/proc/self/root/etc", "(/etc) is a directory of the system");
    assertRefused(directory.resolve("bound"), "bound is a directory of the system");
    assertRefused(directory.resolve("home-of-app"), "home-of-app is the home of user app");
  }

  @Test
  void oneThatTheConfigurationNamesIsDeployedTo() throws Exception {
    Path home = directory.resolve("home-of-app");
    Path config =
        Files.writeString(directory.resolve("config.yml"), "allow_dest: [%s]\n".formatted(home));

    Cli.Result result = deploy(home, "--config=" + config);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(home.resolve("bin/run")).hasContent("v1");
  }
}
