package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Those who read releases while others become live. {@code -Dstretcher.switches=200} switches more
 * often than the default.
 */
@Timeout(300)
class ReleaseReadersTest extends ReleaseFixture {
  private static final int SWITCHES = Integer.getInteger("stretcher.switches", 20);

  /** A version is long enough that a file which is written in place would be seen half. */
  private static String text(String version) {
    return (version + "\n").repeat(2000);
  }

  private URI version(String version) throws IOException {
    app = new TestApp(Files.createDirectory(directory.resolve("app-" + version)));
    app.file("a", text(version)).file("b", text(version)).pack();
    return app.write(
        "src: %s\nchecksum: %s\ndest: %s\nsync_strategy: release\nrelease: {id: %s}\n"
            .formatted(app.archive().toUri(), app.sha256(), dest(), version));
  }

  private Path dest() {
    return directory.resolve("dest");
  }

  @Test
  void whoLooksTheLinkUpOnceSeesOneVersionAndNoLookUpFails() throws Exception {
    List<URI> manifests = List.of(version("one"), version("two"));
    AtomicBoolean over = new AtomicBoolean();
    try (Stretcher stretcher = Stretcher.builder().build()) {
      stretcher.deploy(manifests.get(0));
      stretcher.deploy(manifests.get(1));
      List<CompletableFuture<Integer>> readers =
          List.of(
              reader(over, this::readBothOfOneRelease),
              reader(over, this::readEachByTheLink),
              reader(over, this::readInAShell));
      for (int i = 0; i < SWITCHES; i++) {
        stretcher.deploy(manifests.get(i % 2));
      }
      over.set(true);
      for (CompletableFuture<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
  }

  private static CompletableFuture<Integer> reader(AtomicBoolean over, Callable<?> look) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                int looks = 0;
                do {
                  look.call();
                  looks++;
                } while (!over.get());
                result.complete(looks);
              } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
              }
            })
        .start();
    return result;
  }

  private Path readBothOfOneRelease() throws IOException {
    Path release = dest().resolve("current").toRealPath();
    String first = Files.readString(release.resolve("a"));
    assertThat(first).isIn(text("one"), text("two"));
    assertThat(Files.readString(release.resolve("b"))).isEqualTo(first);
    return release;
  }

  /** A switch between the two look-ups is no defect. */
  private Path readEachByTheLink() throws IOException {
    for (String name : List.of("a", "b")) {
      assertThat(Files.readString(dest().resolve("current").resolve(name)))
          .isIn(text("one"), text("two"));
    }
    return dest();
  }

  private String readInAShell() throws IOException, InterruptedException {
    String script = "cd -P '%s/current' && cat a b".formatted(dest());
    String said = TestApp.output("sh", "-c", script);
    assertThat(said).isIn(text("one").repeat(2), text("two").repeat(2));
    return said;
  }

  @Test
  void aReleaseStaysWhileAProcessIsInItHasAFileOfItOpenOrMapped() throws Exception {
    List<Process> users = new ArrayList<>();
    try {
      deploy("1", rules("1"));
      users.add(new ProcessBuilder("sleep", "300").directory(releaseOf("1").toFile()).start());
      deploy("2", rules("2"));
      users.add(
          new ProcessBuilder("sleep", "300")
              .redirectInput(Redirect.from(releaseOf("2").resolve("a").toFile()))
              .start());
      deploy("3", rules("3"));
      MappedByteBuffer mapped = map(releaseOf("3").resolve("a"));
      for (String version : List.of("4", "5", "6")) {
        deploy(version, rules(version));
      }

      assertThat(names()).containsExactly("1", "2", "3", "5", "6");
      assertThat(releases().out()).contains(users.get(0).pid() + " (sleep)");
      assertThat(mapped.get(0)).isEqualTo((byte) '3');
    } finally {
      users.forEach(Process::destroy);
      for (Process user : users) {
        user.waitFor();
      }
    }
    deploy("7", rules("7"));

    // The mapping lasts as long as this JVM likes.
    assertThat(names()).doesNotContain("1", "2", "5").contains("6", "7");
  }

  private static String rules(String id) {
    return "release: {id: '%s', keep: 1}".formatted(id);
  }

  private Path releaseOf(String id) {
    return app.dest().resolve("releases").resolve(id);
  }

  private static MappedByteBuffer map(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      return open.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, 1);
    }
  }
}
