package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dest that {@code tree} cannot write to: it says so, and leaves dest as it was. */
class TreeTroubleIT {
  @TempDir private Path directory;
  private Path disk;
  private Path dest;
  private Path temporary;
  private TestApp app;

  @BeforeEach
  void makeADiskOfItsOwn() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        Files.getAttribute(disk, "unix:uid").equals(0)
            && isDone("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()),
        "only root can mount a disk");
    dest = Files.createDirectory(disk.resolve("dest"));
    Files.writeString(dest.resolve("old"), "old");
    Files.writeString(dest.resolve("changed"), "old");
    temporary = Files.createDirectory(directory.resolve("tmp"));
    app = new TestApp(directory).file("changed", "another").file("new", "new");
  }

  @AfterEach
  void unmount() throws Exception {
    isDone("umount", disk.toString());
  }

  @Test
  void aFullDisk() throws Exception {
    byte[] noise = new byte[600_000];
    new Random(1).nextBytes(noise);
    app.file("noise", java.util.HexFormat.of().formatHex(noise));

    assertFails(deploy(), "cannot unpack into", "No space left on device");
  }

  @Test
  void aReadOnlyDisk() throws Exception {
    assertThat(isDone("mount", "-o", "remount,ro", disk.toString())).isTrue();

    assertFails(deploy(), "cannot sync " + dest, "Read-only file system");
  }

  @Test
  void aFileInThePlaceOfDest() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "a file");
    app.pack();

    Cli.Result result = deploy(app.write(yaml(file)));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("is not a directory");
    assertThat(file).hasContent("a file");
  }

  @Test
  void aLinkToADirectoryInThePlaceOfDestIsFollowed() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), dest);
    app.pack();

    Cli.Result result = deploy(app.write(yaml(link)));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(dest.resolve("new")).hasContent("new");
    assertThat(dest.resolve("old")).doesNotExist();
    assertNothingIsLeftBehind();
  }

  /** The kernel says so from the second rename on. */
  @Test
  void anExhaustedQuota() throws Exception {
    Tools.require("strace");
    Path script = directory.resolve("with-quota");
    Files.writeString(
        script,
        "#!/bin/sh\nexec strace -f -qq -o /dev/null -e trace=renameat,renameat2"
            + " -e inject=renameat,renameat2:error=EDQUOT:when=2+ "
            + Launcher.path()
            + " \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    app.pack();

    Cli.Result result =
        Launcher.finish(
            Launcher.start(script, List.of(), app.write(yaml(dest)).toString(), environment()));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("cannot sync " + dest + ": new: Disk quota exceeded");
    assertThat(dest.resolve("changed")).as("what was renamed before").hasContent("another");
    assertThat(dest.resolve("old")).as("deleted only when all is in place").hasContent("old");
    assertNothingIsLeftBehind();
  }

  @Test
  void whatANormalUserMayNotReadOrChange() throws Exception {
    Tools.require("setpriv");
    for (Path each : List.of(disk, dest, dest.resolve("changed"), temporary)) {
      Files.setAttribute(each, "unix:uid", 65534);
    }
    Files.setAttribute(dest.resolve("changed"), "unix:mode", 0);
    Files.writeString(Files.createDirectory(dest.resolve("private")).resolve("file"), "root's");
    Files.setAttribute(dest.resolve("private"), "unix:mode", 0700);

    Cli.Result refused = asNobody(List.of(), manifest(dest, ""));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("cannot sync " + dest, "private", "permission denied");
    assertThat(dest.resolve("changed")).hasContent("old");
    assertThat(dest.resolve("old")).hasContent("old");
    assertNothingIsLeftBehind();

    Cli.Result excluded = asNobody(List.of(), manifest(dest, "excludes: [private/]"));
    assertThat(excluded.exitCode()).as(excluded.err()).isZero();
    assertThat(dest.resolve("changed")).hasContent("another");
    assertThat(dest.resolve("old")).doesNotExist();
    assertThat(dest.resolve("private/file")).hasContent("root's");
    assertNothingIsLeftBehind();
  }

  @Test
  void whereANormalUserMayNotWriteIsSaidBeforehand() throws Exception {
    Tools.require("setpriv");
    Files.setAttribute(temporary, "unix:uid", 65534);
    Files.setAttribute(disk, "unix:mode", 0755);
    Path other = disk.resolve("other");

    assertFails(
        asNobody(List.of(), manifest(other, "")),
        "dest " + other + " cannot be made",
        "may not write to " + disk);

    Cli.Result dry = asNobody(List.of("deploy", "--dry-run", manifest(dest, "").toString()), dest);
    assertThat(dry.err()).contains("may not write to dest " + dest, "Dry run done");
    assertNothingIsLeftBehind();
  }

  @Test
  void whatIsClosedToItsOwnerStaysSo() throws Exception {
    Tools.require("setpriv");
    Tools.require("tar");
    Path closed = Files.createDirectory(dest.resolve("closed"));
    for (Path each : List.of(disk, dest, closed, temporary)) {
      Files.setAttribute(each, "unix:uid", 65534);
    }
    Files.setAttribute(closed, "unix:mode", 0500);
    Path tree = Files.createDirectories(directory.resolve("tree/closed")).getParent();
    Files.setAttribute(Files.createDirectory(tree.resolve("drop")), "unix:mode", 0300);
    TestApp.exec("tar", "-czf", app.archive().toString(), "-C", tree.toString(), ".");
    String yaml =
        "src: %s\nchecksum: %s\ndest: %s\n".formatted(app.archive().toUri(), app.sha256(), dest);

    Cli.Result refused = asNobody(List.of(), app.write(yaml + "max_delete: 0\n"));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err()).contains("max_delete: 0");
    assertThat(Files.getAttribute(closed, "unix:mode")).isEqualTo(040500);

    Cli.Result done = asNobody(List.of(), app.write(yaml));
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(Files.getAttribute(dest.resolve("drop"), "unix:mode")).isEqualTo(040300);
    assertNothingIsLeftBehind();
  }

  @Test
  void aTreeThatItsOwnerMayNotWriteToIsRenamedAllTheSame() throws Exception {
    Tools.require("setpriv");
    Tools.require("tar");
    for (Path each : List.of(disk, temporary)) {
      Files.setAttribute(each, "unix:uid", 65534);
    }
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.writeString(tree.resolve("f"), "x");
    Files.setAttribute(tree, "unix:mode", 0555);
    TestApp.exec("tar", "-czf", app.archive().toString(), "-C", tree.toString(), ".");
    Path other = disk.resolve("other");

    Cli.Result result =
        asNobody(
            List.of(),
            app.write(
                "src: %s\nchecksum: %s\ndest: %s\nsync_strategy: mv\n"
                    .formatted(app.archive().toUri(), app.sha256(), other)));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(Files.getAttribute(other, "unix:mode")).isEqualTo(040555);
    assertThat(other.resolve("f")).hasContent("x");
    assertThat(disk.toFile().list()).containsExactlyInAnyOrder("dest", "other");
  }

  private URI manifest(Path place, String more) throws Exception {
    app.pack();
    return app.write(yaml(place) + more + "\n");
  }

  private Cli.Result asNobody(List<String> arguments, Object input) throws Exception {
    Path home = Launcher.path().getParent().getParent();
    Path installation = directory.resolve("installation");
    TestApp.exec("cp", "-r", home + "/.", installation.toString());
    TestApp.exec("chmod", "-R", "a+rX", installation.toString());
    TestApp.exec("chmod", "a+rX", directory.toString());
    Path script = directory.resolve("as-nobody");
    Files.writeString(
        script,
        "#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups %s \"$@\"\n"
            .formatted(installation.resolve("bin/stretcher")));
    assertThat(script.toFile().setExecutable(true, false)).isTrue();
    return Launcher.finish(Launcher.start(script, arguments, input.toString(), environment()));
  }

  private void assertFails(Cli.Result result, String... messages) throws IOException {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains(messages).contains("Deploy manifest failed");
    assertThat(dest.resolve("old")).hasContent("old");
    assertThat(dest.resolve("changed")).hasContent("old");
    assertThat(dest.resolve("new")).doesNotExist();
    assertNothingIsLeftBehind();
  }

  private void assertNothingIsLeftBehind() throws IOException {
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> left = Files.list(disk)) {
      assertThat(left.toList()).containsExactly(dest);
    }
  }

  private String yaml(Path to) throws IOException {
    return "src: %s\nchecksum: %s\ndest: %s\n".formatted(app.archive().toUri(), app.sha256(), to);
  }

  private Cli.Result deploy() throws Exception {
    app.pack();
    return deploy(app.write(yaml(dest)));
  }

  private Cli.Result deploy(URI manifest) throws Exception {
    return Launcher.finish(
        Launcher.start(Launcher.path(), List.of(), manifest.toString(), environment()));
  }

  private Map<String, String> environment() {
    return Map.of("PATH", System.getenv("PATH"), "TMPDIR", temporary.toString());
  }

  private static boolean isDone(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
