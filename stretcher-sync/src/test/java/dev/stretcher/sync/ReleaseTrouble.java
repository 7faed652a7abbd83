package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.TreeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dest that is not as a deploy has left it, or not as one needs it. */
abstract class ReleaseTrouble {
  @TempDir Path directory;
  ReleaseFixture shop;
  Path current;
  Path releases;

  @BeforeEach
  void name() {
    shop = new ReleaseFixture(directory);
    current = shop.dest.resolve("current");
    releases = shop.dest.resolve("releases");
  }

  void assertRefused(Path file, String remedy) throws IOException {
    Map<String, String> before = TreeState.of(directory);
    assertThatThrownBy(() -> shop.syncer().check(shop.target()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(remedy);
    assertThatThrownBy(() -> shop.prepare("new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(remedy);
    Map<String, String> after = TreeState.of(directory);
    // The engine removes what was staged.
    before.keySet().removeIf(path -> path.contains(".staging-"));
    after.keySet().removeIf(path -> path.contains(".staging-"));
    assertThat(after).isEqualTo(before);
  }

  Path oldRelease(String id) throws IOException {
    ReleaseFixture.write(releases.resolve(id).resolve("version"), "version " + id);
    return releases.resolve(id);
  }

  static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }
}
