package dev.stretcher.internal.dest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkWalkTest {
  @TempDir Path directory;

  private Path real;

  @BeforeEach
  void resolve() throws IOException {
    real = directory.toRealPath();
  }

  private void link(String name, String target) throws IOException {
    Path link = real.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private List<Path> links(String path) {
    return LinkWalk.along(real.resolve(path)).links().stream().map(LinkWalk.Link::path).toList();
  }

  private Path end(String path) {
    return LinkWalk.along(real.resolve(path)).end();
  }

  @Test
  void aPathWithoutLinksLeadsToItself() {
    assertThat(links("a/b")).isEmpty();
    assertThat(end("a/b")).isEqualTo(real.resolve("a/b"));
  }

  @Test
  void eachLinkOfAChainIsNoted() throws Exception {
    link("a", "sub/b");
    link("sub/b", "../c");
    link("c", real.resolve("dir").toString());
    assertThat(links("a"))
        .containsExactly(real.resolve("a"), real.resolve("sub/b"), real.resolve("c"));
    assertThat(end("a")).isEqualTo(real.resolve("dir"));
  }

  @Test
  void aLinkAboveIsNotedWithWhatIsLookedForBelowIt() throws Exception {
    link("current", "releases/2");
    assertThat(links("current/x/app")).containsExactly(real.resolve("current/x/app"));
    assertThat(end("current/x/app")).isEqualTo(real.resolve("releases/2/x/app"));
  }

  @Test
  void linksThatLeadNowhereOrInACircleEnd() throws Exception {
    link("broken", "none/x");
    link("one", "two");
    link("two", "one");
    assertThat(end("broken")).isEqualTo(real.resolve("none/x"));
    assertThat(links("one")).hasSize(40);
    assertThat(LinkWalk.along(Path.of("/../..")).end()).isEqualTo(Path.of("/"));
  }

  @Test
  void agreesWithTheKernel() throws Exception {
    Files.createDirectories(real.resolve("x/y"));
    link("x/y/up", "..");
    link("here", ".");
    assertThat(end("here/x/y/up/y")).isEqualTo(real.resolve("here/x/y/up/y").toRealPath());
  }
}
