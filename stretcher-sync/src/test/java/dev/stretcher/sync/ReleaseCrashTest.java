package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.sync.internal.release.Steps;
import dev.stretcher.sync.internal.release.Steps.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A deploy that stops after each step, as if it were killed, or as if the disk were full. */
class ReleaseCrashTest {
  @TempDir private Path directory;

  /** Neither caught nor cleaned up after. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void eachStepIsTaken() throws Exception {
    Set<Step> taken = EnumSet.noneOf(Step.class);
    ReleaseFixture shop = adopting();
    shop.steps = taken::add;

    shop.deploy("new");
    shop.syncer().prune(shop.target());

    assertThat(taken).containsExactlyInAnyOrder(Step.values());
  }

  /** A dest of another tool, with more releases than are kept. */
  private ReleaseFixture adopting() throws IOException {
    ReleaseFixture shop = new ReleaseFixture(directory).keeping(1).sharing("log/");
    for (String id : List.of("20240101", "20240102", "20240103")) {
      Path release = shop.dest.resolve("releases").resolve(id);
      ReleaseFixture.write(release.resolve("version"), "version " + id);
      ReleaseFixture.write(release.resolve("lib/same"), "the same in each version");
    }
    Files.createSymbolicLink(shop.dest.resolve("current"), shop.dest.resolve("releases/20240103"));
    return shop;
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void killedAfterAnyStepTheLinkLeadsToOneReleaseAndTheNextDeployConverges(Step last)
      throws Exception {
    ReleaseFixture shop = adopting();
    shop.steps = stopping(last, new Killed());

    assertThatThrownBy(() -> deployAndPrune(shop, "killed")).isInstanceOf(Killed.class);

    requireWhole(shop, List.of("version 20240103", "version killed"));
    shop.steps = Steps.NONE;
    deployAndPrune(shop, "killed");
    deployAndPrune(shop, "next");
    requireWhole(shop, List.of("version next"));
    assertThat(shop.ids()).containsExactly("release-killed", "release-next");
    requireNothingElse(shop, "release-killed", "release-next");
  }

  @ParameterizedTest
  @EnumSource(to = "NAME_FLUSHED")
  void aFailureAfterAnyStepLeavesNothingOfWhatWasNotMade(Step last) throws Exception {
    ReleaseFixture shop = adopting();
    shop.steps = stopping(last, new IOException("No space left on device"));

    assertThatThrownBy(() -> shop.prepare("failed"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");

    shop.steps = Steps.NONE;
    requireWhole(shop, List.of("version 20240103"));
    assertThat(shop.ids()).containsExactly("20240101", "20240102", "20240103");
    assertThat(names(shop.dest.resolve("releases")))
        .containsExactly("20240101", "20240102", "20240103");
    Path state = shop.dest.resolve(".stretcher");
    assertThat(names(state)).allMatch("releases.jsonl"::equals);
    deployAndPrune(shop, "failed");
    requireWhole(shop, List.of("version failed"));
  }

  private static Steps stopping(Step last, Throwable how) {
    return step -> {
      if (step == last) {
        if (how instanceof IOException failure) {
          throw failure;
        }
        throw (Error) how;
      }
    };
  }

  private static void deployAndPrune(ReleaseFixture shop, String name) throws Exception {
    Release release = shop.deploy(name);
    assertThat(shop.release(release.id()).state()).isEqualTo(State.GOOD);
    shop.syncer().prune(shop.target());
  }

  private static void requireWhole(ReleaseFixture shop, List<String> versions) throws IOException {
    Path current = shop.dest.resolve("current");
    assertThat(Files.readString(current.resolve("version"))).isIn(versions);
    assertThat(current.resolve("lib/same")).hasContent("the same in each version");
  }

  private static void requireNothingElse(ReleaseFixture shop, String... ids) throws IOException {
    assertThat(names(shop.dest)).containsExactly(".stretcher", "current", "releases", "shared");
    assertThat(names(shop.dest.resolve("releases"))).containsExactly(ids);
    List<String> kept =
        Stream.concat(
                Stream.of("releases.jsonl"),
                Stream.of(ids).flatMap(id -> Stream.of(id + ".list.gz", id + ".yml")))
            .sorted()
            .toList();
    assertThat(names(shop.dest.resolve(".stretcher"))).containsExactlyElementsOf(kept);
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
