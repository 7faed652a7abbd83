package dev.stretcher.sync.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.TreeSyncer;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and sockets, which only root can make or which no archive has. */
class SpecialFilesTest {
  @TempDir private Path directory;

  @Test
  void areSyncedAsRsyncDoesAsRoot() throws Exception {
    Tools.require("rsync");
    assumeTrue(Privilege.ofThisProcess() == Privilege.ROOT, "only root can make devices");
    for (String side : List.of("ours", "theirs")) {
      Path staged = Files.createDirectories(directory.resolve(side).resolve("staged"));
      Path dest = Files.createDirectories(directory.resolve(side).resolve("dest"));
      run("mknod", "-m", "640", staged.resolve("same") + "", "c", "1", "3");
      run("mknod", "-m", "640", dest.resolve("same") + "", "c", "1", "3");
      run("mknod", "-m", "600", staged.resolve("other-minor") + "", "c", "1", "5");
      run("mknod", "-m", "600", dest.resolve("other-minor") + "", "c", "1", "3");
      run("mknod", "-m", "600", staged.resolve("was-a-file") + "", "b", "7", "99");
      Files.writeString(dest.resolve("was-a-file"), "x");
      Files.writeString(staged.resolve("was-a-device"), "x");
      run("mknod", "-m", "600", dest.resolve("was-a-device") + "", "b", "7", "99");
      run("mknod", "-m", "600", dest.resolve("gone") + "", "b", "7", "99");
      socket(staged.resolve("socket"));
      socket(dest.resolve("gone-socket"));
      run("sh", "-c", "find . -exec touch -h -d 2014-11-17T11:22:33Z {} +");
    }

    run("rsync", "-a", "--delete", "theirs/staged/", "theirs/dest/");
    new TreeSyncer()
        .sync(
            new StagedTree(directory.resolve("ours/staged")),
            new SyncTarget(directory.resolve("ours/dest"), SyncRules.DEFAULT, 1, line -> {}));

    assertThat(snapshot("ours")).isEqualTo(snapshot("theirs")).hasSize(6);
  }

  private Map<String, String> snapshot(String side) throws IOException {
    Path root = directory.resolve(side).resolve("dest");
    Map<String, String> snapshot = Snapshot.of(root, directory.resolve("theirs/staged"), false);
    for (String name : List.of("same", "other-minor", "was-a-file")) {
      snapshot.merge(name, " " + FileState.read(root.resolve(name)).device(), String::concat);
    }
    return snapshot;
  }

  private static void socket(Path path) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      // The path of a socket is short, that of a temporary directory may not be.
      assumeTrue(path.toString().length() < 100, "the path is too long for a socket");
      server.bind(UnixDomainSocketAddress.of(path));
    }
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }
}
