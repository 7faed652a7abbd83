package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is mounted where a deploy deletes is never emptied. */
class MountIT extends AgentFixture {
  private final List<Path> mounted = new ArrayList<>();

  @AfterEach
  void unmount() throws Exception {
    for (Path each : mounted) {
      isDone("umount", each.toString());
    }
  }

  @Test
  void inWhatADeadDeployLeftBehind() throws Exception {
    Path volume = volume();
    Path prefix = prefixOfTemporaryFiles();
    Path leftover =
        Files.createDirectory(
            directory.resolve(prefix + "1"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path proc = Files.createDirectories(leftover.resolve("root/proc"));
    bind(volume, proc);

    Cli.Result result = agent(app.manifest().toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("cannot remove what a killed deploy left behind: " + proc)
        .contains("it is a mount point, whose content is not removed; unmount it");
    assertThat(volume.resolve("precious")).hasContent("precious");
  }

  @Test
  void inADestWhoseArchiveDoesNotHaveIt() throws Exception {
    deployFirst();
    Path volume = volume();
    Path uploads = Files.createDirectory(app.dest().resolve("uploads"));
    bind(volume, uploads);
    List<String> strategies = Tools.isThere("rsync") ? List.of("tree", "rsync") : List.of("tree");
    app.file("bin/run", "version 2").pack();

    for (String strategy : strategies) {
      Cli.Result refused = agent(app.manifest("sync_strategy: " + strategy).toString());

      assertFails(refused, uploads + ": it is a mount point in dest", "exclude it, or unmount it");
      assertThat(app.dest().resolve("bin/run")).hasContent("v1");
      assertThat(volume.resolve("precious")).hasContent("precious");
    }

    for (String strategy : strategies) {
      Cli.Result done =
          agent(app.manifest("sync_strategy: " + strategy, "excludes: [/uploads/]").toString());

      assertThat(done.exitCode()).as(done.err()).isZero();
      assertThat(app.dest().resolve("bin/run")).hasContent("version 2");
      assertThat(volume.resolve("precious")).hasContent("precious");
    }
  }

  @Test
  void unlessTheArchiveHasContentForIt() throws Exception {
    deployFirst();
    Path volume = volume();
    bind(volume, app.dest().resolve("data"));
    Files.writeString(volume.resolve("a.txt"), "an old one");

    Cli.Result done = agent(app.manifest().toString());

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(volume.resolve("a.txt")).hasContent("aaa");
    assertThat(volume.resolve("precious")).doesNotExist();
  }

  @Test
  void aFileThatTheArchiveDoesNotHaveLikeThat() throws Exception {
    deployFirst();
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Path mounted = Files.createFile(app.dest().resolve("data/z.key"));
    bind(secret, mounted);
    List<String> strategies = Tools.isThere("rsync") ? List.of("tree", "rsync") : List.of("tree");

    app.file("bin/run", "version 2").pack();
    for (String strategy : strategies) {
      Cli.Result refused = agent(app.manifest("sync_strategy: " + strategy).toString());
      assertFails(refused, mounted + ": it is a file that is mounted", "exclude it, or unmount it");
      assertThat(app.dest().resolve("bin/run")).hasContent("v1");
    }
    app.file("data/z.key", "another").pack();
    assertFails(agent(app.manifest().toString()), mounted + ": it is a file that is mounted");

    Cli.Result excluded = agent(app.manifest("excludes: ['*.key']").toString());
    assertThat(excluded.exitCode()).as(excluded.err()).isZero();
    app.file("data/z.key", "secret").pack();
    Cli.Result same = agent(app.manifest("compare: checksum").toString());
    assertThat(same.exitCode()).as(same.err()).isZero();
    assertThat(app.dest().resolve("bin/run")).hasContent("version 2");
    assertThat(secret).hasContent("secret");
  }

  @Test
  void inWhatIsStaged() throws Exception {
    deployFirst();
    Path volume = volume();
    Path seen = directory.resolve("seen");
    String staged = "$(dirname " + directory + "/.stretcher-*/root/bin)/data";
    String bind = "mount --bind " + volume + " " + staged + " && echo " + staged + " > " + seen;
    app.file("bin/run", "version 2").pack();

    for (String strategy : List.of("tree", "mv")) {
      Cli.Result refused =
          agent(
              app.manifest(
                      "sync_strategy: " + strategy,
                      "excludes: [precious]",
                      "commands: {pre: ['" + bind + "']}")
                  .toString());

      assumeTrue(Files.exists(seen), "only root can mount");
      Path mount = Path.of(Files.readString(seen).strip());
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains(mount + ": it is a mount point in the staged tree", "Unmount it");
      assertThat(app.dest().resolve("bin/run")).hasContent("v1");
      assertThat(volume.resolve("precious")).hasContent("precious");
      assertThat(isDone("umount", mount.toString())).isTrue();
    }
  }

  private Path volume() throws IOException {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    Files.writeString(volume.resolve("precious"), "precious");
    return volume;
  }

  private void bind(Path volume, Path at) throws Exception {
    assumeTrue(
        Files.getAttribute(at, "unix:uid").equals(0)
            && isDone("mount", "--bind", volume.toString(), at.toString()),
        "only root can mount");
    mounted.add(at);
  }

  /** Returns what the names of temporary files for dest begin with, as a command sees them. */
  private Path prefixOfTemporaryFiles() throws Exception {
    Path seen = directory.resolve("seen");
    String list = "ls -d " + directory + "/.stretcher-*.lock > " + seen;
    Cli.Result result = agent(app.manifest("commands: {pre: ['" + list + "']}").toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    String lock = Path.of(Files.readString(seen).strip()).getFileName().toString();
    return Path.of(lock.replaceAll("\\.lock$", "-"));
  }

  private static boolean isDone(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
