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
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, in each place that a deploy writes to. */
class FullDiskIT {
  @TempDir private Path directory;
  private Path small;
  private TestApp app;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    small = Files.createDirectory(directory.resolve("small"));
    assumeTrue(
        Files.getAttribute(small, "unix:uid").equals(0)
            && mounts("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()),
        "only root can mount a small disk");
    app = new TestApp(directory);
    byte[] noise = new byte[600_000];
    new java.util.Random(1).nextBytes(noise);
    app.file("noise", java.util.HexFormat.of().formatHex(noise)).pack();
  }

  @AfterEach
  void unmount() throws Exception {
    mounts("umount", small.toString());
  }

  @Test
  void whereArchivesAreKeptWhileTheyAreFetched() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      MockResponse.Builder body = new MockResponse.Builder();
      body.body(new Buffer().write(Files.readAllBytes(app.archive())));
      server.enqueue(body.build());
      server.start();
      URI manifest = app.manifestFrom(server.url("/a.tar.gz").uri(), "sync_strategy: mv");

      Cli.Result result = deploy(manifest, small);

      assertThat(result.err()).contains("cannot store", "No space left on device", "TMPDIR");
      assertThat(server.getRequestCount()).isEqualTo(1);
    }
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void whereArchivesAreUnpacked() throws Exception {
    Tools.require("rsync");
    Cli.Result result = deploy(app.manifest("sync_strategy: rsync"), small);

    assertThat(result.err()).contains("cannot unpack", "No space left on device");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void whereDestIs() throws Exception {
    Tools.require("rsync");
    Path dest = Files.createDirectory(small.resolve("dest"));
    Files.writeString(dest.resolve("noise"), "old");
    URI manifest =
        app.write(
            "src: %s\nchecksum: %s\ndest: %s\nsync_strategy: rsync\n"
                .formatted(app.archive().toUri(), app.sha256(), dest));

    Cli.Result result = deploy(manifest, Files.createDirectory(directory.resolve("tmp")));

    assertThat(result.err()).contains("rsync", "No space left on device");
    assertThat(dest.resolve("noise")).hasContent("old");
    try (Stream<Path> left = Files.list(small)) {
      assertThat(left.toList()).containsExactly(dest);
    }
  }

  @Test
  void whereAnArchiveIsPacked() throws Exception {
    Path archive = small.resolve("packed.tar.gz");
    Files.writeString(archive, "before");
    byte[] noise = new byte[600_000];
    new java.util.Random(1).nextBytes(noise);
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.write(tree.resolve("noise"), noise);

    List<String> pack = List.of("pack", "-o", archive.toString(), tree.toString());
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
    Cli.Result result = Launcher.finish(Launcher.start(Launcher.path(), pack, "", environment));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("packed.tar.gz", "No space left on device");
    assertThat(archive).hasContent("before");
    try (Stream<Path> left = Files.list(small)) {
      assertThat(left.toList()).containsExactly(archive);
    }
  }

  private Cli.Result deploy(URI manifest, Path temporary) throws Exception {
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "TMPDIR", temporary.toString());
    Process process = Launcher.start(Launcher.path(), List.of(), manifest.toString(), environment);
    Cli.Result result = Launcher.finish(process);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    if (!temporary.equals(small) || !Files.exists(small.resolve("dest"))) {
      assertThat(temporary).isEmptyDirectory();
    }
    return result;
  }

  private static boolean mounts(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
