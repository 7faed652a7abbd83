package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine hands to a syncer, of which it cannot know whether it looks for itself. */
class SwappedPlaceTest extends StretcherFixture {
  @TempDir private Path temporary;
  private Path canary;

  @BeforeEach
  void makeCanary() throws IOException {
    canary = Files.createDirectory(directory.resolve("canary"));
    Files.writeString(canary.resolve("precious"), "precious");
  }

  @Test
  void aRootThatACommandReplacedIsNotHandedOver() throws Exception {
    putApp(
        """
        commands:
          pre: ["cd %s/.stretcher-*-*[0-9] && mv root root.x && ln -s %s root"]
        """
            .formatted(directory, canary));

    assertThatThrownBy(() -> deploy(new RenameSyncer()))
        .hasMessageContaining("cannot sync " + directory.resolve("app"))
        .hasMessageContaining("root: it was replaced")
        .hasMessageContaining("but a symbolic link");

    assertThat(Files.exists(directory.resolve("app"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertNothingHappenedToTheCanary();
    assertThat(directory.toFile().list()).as("nothing is left").containsExactly("canary");
  }

  @Test
  void whatIsUnpackedDoesNotFollowTheNameOfItsDirectory() throws Exception {
    assumeTrue(
        !PinnedPlace.hold(canary).stable().equals(canary), "this system shows no descriptors");
    putApp("");
    Files.setAttribute(directory, "unix:mode", 0777);
    Files.createDirectory(canary.resolve("root"));

    assertThatThrownBy(
            () ->
                deploy(
                    new RenameSyncer() {
                      @Override
                      public ContentFilter needed(SyncTarget target) {
                        return entry -> {
                          swap(stagingDirectory(), canary);
                          return true;
                        };
                      }
                    }))
        .hasMessageContaining("cannot unpack into")
        .hasMessageContaining("it was replaced");

    assertThat(canary.resolve("root")).isEmptyDirectory();
    Files.delete(canary.resolve("root"));
    assertNothingHappenedToTheCanary();
  }

  @Test
  void aDestThatIsReplacedOnceItWasAllowedIsNotSynced() throws Exception {
    Path dest = directory.resolve("new/app");
    putApp(dest, "commands: {pre: [mkdir -p %s]}".formatted(dest));

    try (Stretcher stretcher =
        stretcher()
            .listener(
                event -> {
                  if (event instanceof DeployEvent.Extracting) {
                    swap(dest, canary);
                  }
                })
            .syncer(
                new RenameSyncer() {
                  @Override
                  public SyncReport sync(StagedTree tree, SyncTarget target) throws IOException {
                    Files.delete(target.dest().resolve("precious"));
                    return SyncReport.of("deleted");
                  }
                })
            .temporaryDirectory(temporary)
            .build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST))
          .hasMessageContaining(dest + ": it was replaced")
          .hasMessageContaining("but a symbolic link");
    }

    assertNothingHappenedToTheCanary();
  }

  @Test
  void aSyncThatLeavesALinkInThePlaceOfDestHasFailed() throws Exception {
    putApp("");

    assertThatThrownBy(
            () ->
                deploy(
                    new RenameSyncer() {
                      @Override
                      public SyncReport sync(StagedTree tree, SyncTarget target)
                          throws IOException {
                        Files.createSymbolicLink(target.dest(), canary);
                        return SyncReport.of("renamed");
                      }
                    }))
        .hasMessageContaining(directory.resolve("app") + ": it became a symbolic link");
  }

  private void deploy(RenameSyncer syncer) throws Exception {
    try (Stretcher stretcher = stretcher().syncer(syncer).temporaryDirectory(temporary).build()) {
      stretcher.deploy(MANIFEST);
    }
  }

  private Path stagingDirectory() {
    try (Stream<Path> names = Files.list(directory)) {
      List<Path> found =
          names
              .filter(path -> path.getFileName().toString().matches("\\.stretcher-[0-9a-f]+-.*"))
              .toList();
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void swap(Path path, Path target) {
    try {
      Files.move(path, directory.resolve("aside"));
      Files.createSymbolicLink(path, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNothingHappenedToTheCanary() {
    assertThat(canary.toFile().list()).containsExactly("precious");
    assertThat(canary.resolve("precious")).hasContent("precious");
  }
}
