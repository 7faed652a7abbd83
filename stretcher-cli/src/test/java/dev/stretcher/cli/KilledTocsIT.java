package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL at the packaged launcher, by strace, while it forgets what was deployed, syncs, and keeps
 * what is deployed now: {@code verify} says of no other tree that it is as it was deployed, and the
 * next deploy finishes the job and leaves nothing behind.
 */
class KilledTocsIT extends TocFixture {
  private static final int UNKNOWN = 2;

  private Path tocs;
  private Path kept;
  private int version;

  @BeforeEach
  void findWhatIsKept() throws Exception {
    Tools.require("strace");
    tocs = directory.resolve("state/stretcher/tocs").toRealPath();
    kept = only();
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(tocs)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private Path unfinished() {
    return kept.resolveSibling(kept.getFileName() + ".new");
  }

  @Test
  void whatIsHalfDoneIsNeverAsItWasDeployed() throws Exception {
    Map<String, String> before = described(app.dest());

    killed("unlink", 1, "-P", kept.toString());
    assertThat(described(app.dest())).isEqualTo(before);
    assertThat(verify()).isIn(0, UNKNOWN);
    assertTheNextDeployConverges();

    before = described(app.dest());
    // Files take their places by this call, the table of contents by another.
    killed("renameat", 2);
    assertThat(described(app.dest())).isNotIn(before, described(tree));
    assertThat(verify()).isEqualTo(UNKNOWN);
    assertTheNextDeployConverges();

    long whole = Files.size(kept);
    killed("write", 2, "-P", unfinished().toString());
    assertThat(only()).isEqualTo(unfinished());
    assertThat(Files.size(unfinished())).isBetween(1L, whole / 2);
    assertThat(verify()).isEqualTo(UNKNOWN);
    assertTheNextDeployConverges();

    killed("rename", 1, "-P", unfinished().toString());
    assertThat(only()).isEqualTo(unfinished());
    assertThat(verify()).isEqualTo(UNKNOWN);
    assertTheNextDeployConverges();
  }

  /** Deploys a new version, and kills the agent at a system call. */
  private void killed(String call, int which, String... filter) throws Exception {
    version++;
    write("d03/f003", SMALL, 1000 + version);
    write("d07/f107", SMALL, 2000 + version);
    write("d09/f109", SMALL, 3000 + version);
    pack();
    server.put(Files.readAllBytes(app.archive()));
    List<String> arguments =
        new ArrayList<>(List.of("-f", "-qq", "-o", directory.resolve("trace").toString()));
    arguments.addAll(List.of(filter));
    arguments.addAll(
        List.of(
            "-e",
            "trace=" + call,
            "-e",
            "inject=%s:signal=KILL:when=%d".formatted(call, which),
            Launcher.path().toString()));
    Cli.Result result =
        Launcher.finish(
            Launcher.start(
                Path.of(TestApp.output("which", "strace").strip()),
                arguments,
                app.write(manifest()).toString(),
                environment()));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(128 + 9);
  }

  private void assertTheNextDeployConverges() throws Exception {
    Cli.Result result = here(app.write(manifest()).toString(), "--retry=0");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(only()).isEqualTo(kept);
    assertThat(verify()).isZero();
  }
}
