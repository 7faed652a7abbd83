package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.dest.DestLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A dest that is a mount point of its own, while what is beside it is small. */
@Timeout(60)
class MountedDestTest extends AgentFixture {
  private static final String NOISE = "0123456789abcdef".repeat(60_000);

  private Path small;
  private Path dest;

  @BeforeEach
  void mountASmallDiskWithAnotherInIt() throws Exception {
    small = Files.createDirectory(directory.resolve("small"));
    assumeTrue(
        Files.getAttribute(small, "unix:uid").equals(0) && mount("size=256k", small),
        "only root can mount a disk");
    dest = Files.createDirectory(small.resolve("dest"));
    app.file("noise", NOISE).pack();
  }

  @AfterEach
  void unmount() throws Exception {
    // Also those that are mounted on each other.
    new ProcessBuilder("umount", "-R", small.toString()).start().waitFor();
  }

  private static boolean mount(String options, Path target) throws Exception {
    return new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", target.toString())
            .start()
            .waitFor()
        == 0;
  }

  private Cli.Result deploy(String strategy, String... more) throws Exception {
    String yaml = yaml(app.sha256(), strategy).replace(app.dest().toString(), dest.toString());
    return agent(app.write(yaml + String.join("\n", more)).toString());
  }

  @Test
  void aDiskThatIsMountedReadOnlyIsNamedAsTheCause() throws Exception {
    dest = small.resolve("new");
    assumeTrue(mount("remount,ro", small));

    Cli.Result result = deploy("mv");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("cannot be made, since the file system of " + small + " is mounted read-only;");
  }

  private void assertDeployed(Cli.Result result) throws Exception {
    assertThat(result.err()).contains("succeeded").doesNotContain("[WARN]");
    assertThat(dest.toFile().list()).containsExactlyInAnyOrder("bin", "data", "noise");
    assertThat(dest.resolve("noise")).hasContent(NOISE);
    assertThat(small.toFile().list()).containsExactly("dest");
    assertNothingIsLeft();
  }

  @Test
  void isStagedIn() throws Exception {
    mount("size=8m", dest);
    Files.writeString(dest.resolve("old"), "deleted");

    Cli.Result result = deploy("tree");

    assertDeployed(result);
    assertThat(result.err()).contains(" to " + dest + "/.stretcher-");
  }

  @Test
  void isStagedInByTheNextDeployToo() throws Exception {
    mount("size=8m", dest);
    deploy("tree");
    app.file("data/a.txt", "bbbb").pack();

    assertDeployed(deploy("tree"));
    assertThat(dest.resolve("data/a.txt")).hasContent("bbbb");
  }

  @Test
  void hasTheTimeThatTheSyncGaveIt() throws Exception {
    mount("size=8m", dest);
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    TestApp.exec(
        "sh",
        "-c",
        "mkdir $1 && touch -d @1000000000 $1 && tar -C $1 -czf $2 .",
        "sh",
        directory.resolve("empty").toString(),
        app.archive().toString());

    assertThat(deploy("tree").exitCode()).isZero();
    assertThat(Files.getLastModifiedTime(dest)).isEqualTo(time);
    // What changes nothing in dest does not change its time either.
    assertThat(deploy("tree", "max_delete: 1", "commands: {pre: ['false']}").exitCode())
        .isEqualTo(1);
    assertThat(Files.getLastModifiedTime(dest)).isEqualTo(time);
  }

  @Test
  void mayBeABindMountOfTheSameFileSystem() throws Exception {
    Path source = Files.createDirectory(directory.resolve("source"));
    TestApp.exec("mount", "--bind", source.toString(), dest.toString());

    Cli.Result result = deploy("tree");

    assertDeployed(result);
    assertThat(result.err()).contains(" to " + dest + "/.stretcher-");
  }

  @Test
  void mayHaveRoomForNoSecondTree() throws Exception {
    TestApp.exec("mount", "-o", "remount,size=4m", small.toString());
    mount("size=1200k", dest);
    assertThat(deploy("tree").exitCode()).isZero();
    app.file("data/a.txt", "bbbb").pack();

    Cli.Result result = deploy("tree");

    assertDeployed(result);
    assertThat(result.err()).contains(" to " + small + "/.stretcher-");
  }

  @Test
  void isClearedOfWhatAKilledDeployLeft() throws Exception {
    mount("size=8m", dest);
    Path lock = DestLock.location(dest, temporary);
    Path left =
        Files.createDirectory(
            dest.resolve(DestLock.temporaryPrefix(lock) + "123"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createDirectories(left.resolve("root/closed"));
    Path other = Files.createDirectory(dest.resolve(".stretcher-0123456789abcdef-1"));

    Cli.Result result = deploy("tree");

    assertThat(result.err()).contains("Removed " + left + ", which a killed deploy left behind");
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void mayBeUnmountedByACommand() throws Exception {
    mount("size=8m", dest);

    Cli.Result after = deploy("tree", "commands: {post: ['umount %s']}".formatted(dest));

    assertThat(after.err()).contains("succeeded");
    assertThat(dest).isEmptyDirectory();
    mount("size=8m", dest);

    Cli.Result before =
        deploy(
            "tree",
            "commands: {pre: ['umount %1$s && mount -t tmpfs tmpfs %1$s']}".formatted(dest));

    assertThat(before.err()).contains("succeeded");
    assertThat(dest.resolve("noise")).hasContent(NOISE);
  }

  @Test
  void isNoPlaceToRenameTo() throws Exception {
    mount("size=8m", dest);
    app.file("noise", "").pack();

    assertThat(deploy("mv").err())
        .contains("cannot rename to " + dest + ": it is a mount point", "sync_strategy: tree");
    assertThat(dest).isEmptyDirectory();
  }

  @Test
  void isFilledByRsync() throws Exception {
    Tools.require("rsync");
    mount("size=8m", dest);

    assertDeployed(deploy("rsync"));
  }

  @Test
  void namesTheDiskThatIsFull() throws Exception {
    mount("size=512k", dest);

    Cli.Result result = deploy("tree");

    assertFails(result, "No space left on device", dest.toString());
    assertThat(dest).isEmptyDirectory();
  }
}
