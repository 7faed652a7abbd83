package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that fails under a deploy, with all that it writes on it. */
class DiskFaultsIT extends AgentFixture {
  private static final int FILES = 40;

  private Path disk;
  private Path dest;
  private MockWebServer server;
  private URI src;

  @BeforeEach
  void makeADisk() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        Files.getAttribute(disk, "unix:uid").equals(0) && isMounted("size=4m"),
        "only root can mount a disk");
    dest = disk.resolve("dest");
    temporary = Files.createDirectory(disk.resolve("tmp"));
    pack("new");
    server = new MockWebServer();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            Buffer archive = new Buffer().write(read(app.archive()));
            return new MockResponse.Builder().body(archive).build();
          }
        });
    server.start();
    src = server.url("/app.tar.gz").uri();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void unmount() throws Exception {
    if (server != null) {
      server.close();
      TestApp.exec("umount", disk.toString());
    }
  }

  private boolean isMounted(String options) throws Exception {
    return new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString())
            .start()
            .waitFor()
        == 0;
  }

  private void remount(String option) throws Exception {
    TestApp.exec("mount", "-o", "remount," + option, disk.toString());
  }

  private void pack(String version) throws IOException {
    byte[] noise = new byte[2000];
    Random random = new Random(1);
    app = new TestApp(directory);
    for (int i = 0; i < FILES; i++) {
      random.nextBytes(noise);
      String content = version + " " + java.util.HexFormat.of().formatHex(noise);
      app.file("d" + i % 5 + "/f" + i, content);
    }
    app.pack();
  }

  private Cli.Result deploy(String... more) throws Exception {
    URI manifest =
        app.write(
            "src: %s\nchecksum: %s\ndest: %s\n%s\n"
                .formatted(src, app.sha256(), dest, String.join("\n", more)));
    return agent(manifest.toString(), "XDG_STATE_HOME", disk.resolve("state").toString());
  }

  private void putOld() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = dest.resolve("d" + i % 5).resolve("f" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "old " + i);
    }
  }

  private void assertEachFileIsWhole() throws IOException {
    try (Stream<Path> files = Files.walk(dest).filter(Files::isRegularFile)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String content = Files.readString(file);
        assertThat(content.startsWith("old ") || content.length() == "new ".length() + 4000)
            .as("%s has %d bytes: %.20s", file, content.length(), content)
            .isTrue();
      }
    }
  }

  private void assertOnlyDestIsLeft() throws IOException {
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> left = Files.list(disk)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .isSubsetOf("dest", "tmp", "state");
    }
  }

  @Test
  void thatIsFullAtAnyPointOfTheDeploy() throws Exception {
    Map<Boolean, Integer> outcomes = new TreeMap<>();
    for (int kibibytes = 168; kibibytes <= 640; kibibytes += 24) {
      remount("size=4m");
      putOld();
      TestApp.exec("rm", "-rf", disk.resolve("state").toString());
      remount("size=" + kibibytes + "k");

      Cli.Result result = deploy();

      outcomes.merge(result.exitCode() == 0, 1, Integer::sum);
      if (result.exitCode() != 0) {
        assertThat(result.err()).contains("No space left on device", "Deploy manifest failed: ");
        assertThat(result.err()).doesNotContain("Exception", "\tat ");
      }
      assertEachFileIsWhole();
      assertOnlyDestIsLeft();
    }
    assertThat(outcomes).as("deploys that failed and that did not").hasSize(2);
    assertThat(outcomes.get(false)).isGreaterThan(5);
  }

  @Test
  void whoseDestBecomesReadOnlyAndIsMended() throws Exception {
    putOld();
    String mount = "mount --bind %1$s %1$s && mount -o remount,bind,ro %1$s".formatted(dest);
    Cli.Result failed = deploy("commands: {pre: ['%s']}".formatted(mount));
    TestApp.exec("umount", dest.toString());
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("Deploy manifest failed: ", "Read-only file system");
    assertThat(dest.resolve("d0/f0")).hasContent("old 0");
    assertOnlyDestIsLeft();

    assertThat(deploy().exitCode()).isZero();
    assertThat(dest.resolve("d0/f0")).content().startsWith("new ");
  }

  @Test
  void whoseTemporaryDirectoryIsRemovedMeanwhile() throws Exception {
    putOld();
    Cli.Result result = deploy("commands: {pre: ['rm -r %s']}".formatted(temporary));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(dest.resolve("d0/f0")).content().startsWith("new ");

    Cli.Result gone = deploy();
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err()).contains("temporary directory " + temporary, "set TMPDIR");
    Files.createDirectory(temporary);
    assertOnlyDestIsLeft();
  }
}
