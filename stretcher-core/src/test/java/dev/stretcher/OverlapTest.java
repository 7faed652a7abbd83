package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.option.Unpack;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.Source;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The archive is unpacked while it arrives. */
class OverlapTest extends StretcherFixture {
  private static final int HALF = 400_000;

  private final CountDownLatch unpacking = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<InputStream> bodies = new ArrayList<>();
  private OptionalLong length = OptionalLong.empty();
  private ContentFilter needed = entry -> true;
  private Optional<Path> localFile = Optional.empty();
  private Options options = options();

  /** Says what is needed, and that it was asked. */
  private class AskedSyncer extends RenameSyncer {
    @Override
    public ContentFilter needed(SyncTarget target) {
      return entry -> {
        asked.add(entry.path().toString());
        unpacking.countDown();
        return needed.needs(entry);
      };
    }
  }

  /** Gives the bodies of {@code slow:} objects one after the other. */
  private final class SlowSource implements Source {
    @Override
    public Set<String> schemes() {
      return Set.of("slow");
    }

    @Override
    public Content open(URI uri, FetchRequest request) {
      return new Content(bodies.remove(0), ByteRange.ALL, length, Optional.empty(), localFile);
    }
  }

  /** Waits before its first byte until the archive is being unpacked. */
  private final class AfterUnpackingBegan extends FilterInputStream {
    AfterUnpackingBegan(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        if (!unpacking.await(60, TimeUnit.SECONDS)) {
          throw new IOException("nothing was unpacked before all of the archive had arrived");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.read(target, offset, length);
    }
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return length;
    }
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  @Test
  void unpacksWhatHasArrivedBeforeTheRestDoes() throws Exception {
    byte[] tar = tar("first", "second");
    put(tar, "");
    bodies.add(inHalves(tar));

    deploy();

    assertThat(asked).containsExactly("first", "second");
    assertThat(directory.resolve("app/first")).hasSize(HALF);
    assertThat(directory.resolve("app/second")).hasSize(HALF);
  }

  @Test
  void nothingIsUnpackedBeforeItIsVerifiedIfThatIsToWait() {
    options = options.with(Settings.UNPACK, Unpack.VERIFIED);
    byte[] tar = tar("first", "second");
    byte[] other = tar.clone();
    other[HALF] ^= 1;
    put(tar, "");
    bodies.add(new ByteArrayInputStream(other));

    assertThatThrownBy(this::deploy).isInstanceOf(StretcherException.VerificationFailed.class);

    assertThat(asked).isEmpty();
    assertThat(events).noneMatch(DeployEvent.Extracting.class::isInstance);
  }

  @Test
  void whatIsVerifiedIsUnpackedBeforeTheCommands() throws Exception {
    options = options.with(Settings.UNPACK, Unpack.VERIFIED);
    byte[] tar = tar("first", "second");
    put(tar, "commands: {pre: [one]}");
    bodies.add(new SequenceInputStream(new ByteArrayInputStream(tar, 0, HALF), new Broken()));
    bodies.add(new ByteArrayInputStream(tar));

    deploy();

    assertThat(asked).containsExactly("first", "second");
    assertThat(directory.resolve("app/second")).hasSize(HALF);
    List<String> order = events.stream().map(event -> event.getClass().getSimpleName()).toList();
    assertThat(order).containsSubsequence("Verified", "Extracting", "Extracted", "HookStarted");
  }

  @Test
  void aBadArchiveStopsTheDeployBeforeItsCommandsAlsoIfUnpackingWaits() {
    options = options.with(Settings.UNPACK, Unpack.VERIFIED);
    byte[] truncated = Arrays.copyOf(tar("first", "second"), HALF + 4096);
    put(truncated, "commands: {pre: [one], failure: [two]}");
    bodies.add(new ByteArrayInputStream(truncated));

    assertThatThrownBy(this::deploy).isInstanceOf(StretcherException.BadArchive.class);

    assertThat(commands).containsExactly("two");
  }

  @Test
  void aLocalArchiveIsCopiedBeforeItIsVerifiedAndUnpacked() throws Exception {
    options = options.with(Settings.UNPACK, Unpack.VERIFIED);
    byte[] tar = tar("first");
    put(tar, "");
    Path local = Files.write(directory.resolve("local.tar"), tar);
    bodies.add(new ByteArrayInputStream(tar));
    localFile = Optional.of(local);

    deploy();

    assertThat(events)
        .filteredOn(DeployEvent.Extracting.class::isInstance)
        .singleElement()
        .extracting(event -> ((DeployEvent.Extracting) event).archive())
        .isNotEqualTo(local);
  }

  @Test
  void namesOfOwnersThatNobodyKnowsAreNoReasonToUnpackAgainWithoutCommands() throws Exception {
    assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "only root restores owners");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      // More than are remembered.
      for (int i = 0; i < 1002; i++) {
        TarArchiveEntry entry = new TarArchiveEntry("f" + i);
        entry.setUserName("nobody-knows-" + i);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    put(bytes.toByteArray(), "");
    bodies.add(new ByteArrayInputStream(bytes.toByteArray()));

    deploy();

    assertThat(asked).hasSize(1002).doesNotHaveDuplicates();
  }

  @Test
  void aTransferThatStartsOverWithAnotherArchiveLeavesNothingOfTheFirst() throws Exception {
    byte[] old = tar("old", "older");
    byte[] tar = tar("first", "second");
    put(tar, "");
    bodies.add(
        new SequenceInputStream(
            new ByteArrayInputStream(old, 0, HALF), new AfterUnpackingBegan(new Broken())));
    bodies.add(new ByteArrayInputStream(tar));

    deploy();

    assertThat(asked).startsWith("old").endsWith("first", "second");
    assertThat(directory.resolve("app").toFile().list()).containsOnly("first", "second");
  }

  @Test
  void aBadArchiveStopsTheDeployBeforeItsCommands() {
    byte[] tar = tar("first", "second");
    byte[] truncated = Arrays.copyOf(tar, HALF + 4096);
    put(truncated, "commands: {pre: [one], failure: [two]}");
    bodies.add(new ByteArrayInputStream(truncated));

    assertThatThrownBy(this::deploy)
        .isInstanceOf(StretcherException.BadArchive.class)
        .hasMessageContaining("'second': truncated");

    assertThat(commands).containsExactly("two");
  }

  @Test
  void anArchiveThatIsBadAlsoOnceItsTransferHasStartedOverStopsTheDeployBeforeItsCommands() {
    byte[] tar = tar("first", "second");
    byte[] truncated = Arrays.copyOf(tar, HALF + 4096);
    put(truncated, "commands: {pre: [one], failure: [two]}");
    bodies.add(
        new SequenceInputStream(
            new ByteArrayInputStream(tar, 0, HALF), new AfterUnpackingBegan(new Broken())));
    bodies.add(new ByteArrayInputStream(truncated));

    assertThatThrownBy(this::deploy).isInstanceOf(StretcherException.BadArchive.class);

    assertThat(commands).containsExactly("two");
  }

  @Test
  void whatIsDamagedOnItsWayIsAMismatchAndNotABadArchive() {
    byte[] tar = tar("first", "second");
    byte[] damaged = tar.clone();
    Arrays.fill(damaged, HALF, HALF + 4096, (byte) 7);
    put(tar, "");
    bodies.add(new ByteArrayInputStream(damaged));

    assertThatThrownBy(this::deploy)
        .isInstanceOf(StretcherException.VerificationFailed.class)
        .hasMessageContaining("checksum mismatch");
  }

  @Test
  void aDiskThatTakesNoMoreEndsTheDownload() {
    byte[] tar = tar("first", "second");
    put(tar, "");
    needed =
        entry -> {
          stagingDirectories().forEach(OverlapTest::delete);
          return true;
        };
    bodies.add(new SequenceInputStream(inHalves(tar), new Endless()));

    assertThatThrownBy(this::deploy)
        .isInstanceOf(StretcherException.StorageFailed.class)
        .hasMessageContaining("cannot unpack into");
  }

  @Test
  void aSyncerThatCannotSayWhatItNeedsIsReportedOnceAndGetsAll() throws Exception {
    byte[] tar = tar("first", "second");
    put(tar, "");
    needed =
        entry -> {
          throw new IllegalStateException("a bug");
        };
    bodies.add(new ByteArrayInputStream(tar));

    deploy();

    assertThat(events)
        .filteredOn(DeployEvent.Warning.class::isInstance)
        .singleElement()
        .satisfies(warning -> assertThat(warning.message()).contains("rename", "a bug"));
    assertThat(directory.resolve("app")).isDirectoryContaining("glob:**/second");
  }

  @Test
  void aServerThatSendsWhatIsNoArchiveWithoutAnEndIsCutOff() {
    put(tar("first"), "");
    length = OptionalLong.empty();
    options = options.with(Settings.MAX_UNPACKED, 1 << 28).with(Settings.MAX_ENTRIES, 10);
    bodies.add(new SequenceInputStream(new ByteArrayInputStream(new byte[] {1}), new Endless()));

    assertThatThrownBy(this::deploy)
        .isInstanceOf(StretcherException.BadArchive.class)
        .hasMessageContaining("not an archive");
  }

  @Test
  void whatWasNoArchiveMayBeOneWhenTheTransferStartsOver() throws Exception {
    byte[] tar = tar("first");
    put(tar, "");
    length = OptionalLong.empty();
    byte[] page = "no archive".repeat(HALF).getBytes(StandardCharsets.US_ASCII);
    bodies.add(new SequenceInputStream(new ByteArrayInputStream(page), new Broken()));
    bodies.add(new ByteArrayInputStream(tar));

    deploy();

    assertThat(directory.resolve("app/first")).hasSize(HALF);
  }

  @Test
  void noMoreIsStoredThanAnArchiveMayUnpackTo() {
    put(tar("first"), "");
    bodies.add(new Endless());
    options = options.with(Settings.MAX_UNPACKED, 1 << 20).with(Settings.MAX_ENTRIES, 10);

    assertThatThrownBy(this::deploy)
        .isInstanceOf(StretcherException.BadArchive.class)
        .hasMessageContaining("slow:/app.tar is longer")
        .hasMessageContaining("more than 1MiB; if it is right, raise the setting max-unpacked")
        .hasMessageNotContaining("TMPDIR");
  }

  @Test
  void commandsMayMakeRoomForWhatCouldNotBeUnpackedBeforeThem() throws Exception {
    byte[] tar = tar("first", "second");
    put(tar, "commands: {pre: [make room]}");
    needed =
        entry -> {
          if (commands.isEmpty()) {
            stagingDirectories().forEach(OverlapTest::delete);
          }
          return true;
        };
    bodies.add(new ByteArrayInputStream(tar));

    deploy();

    assertThat(directory.resolve("app/second")).hasSize(HALF);
    assertThat(events.stream().map(DeployEvent::message))
        .anyMatch(message -> message.contains("trying again after the pre commands"));
  }

  @Test
  void whatWasLeftOutComesFromTheArchiveWhenItIsWantedAfterAll() throws Exception {
    byte[] tar = tar("first", "second", "dir/third");
    put(tar, "");
    bodies.add(new ByteArrayInputStream(tar));
    needed = entry -> entry.path().toString().equals("first");
    List<String> seen = new ArrayList<>();
    AskedSyncer syncer =
        new AskedSyncer() {
          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target)
              throws IOException, InterruptedException {
            seen.add(tree.omitted().in(Path.of("")).toString());
            seen.add(tree.omitted().in(Path.of("dir")).toString());
            assertThat(tree.root().resolve("second")).doesNotExist();
            tree.omitted().stage(List.of(Path.of("second"), Path.of("unknown")));
            assertThat(tree.root().resolve("second")).hasSize(HALF);
            assertThat(tree.root().resolve("dir/third")).doesNotExist();
            tree.omitted().stageAll();
            assertThat(tree.omitted().isEmpty()).isTrue();
            return super.sync(tree, target);
          }
        };

    deploy(syncer);

    assertThat(seen.get(0)).contains("name=second", "size=" + HALF).doesNotContain("first");
    assertThat(seen.get(1)).contains("name=third");
    assertThat(directory.resolve("app/dir/third")).hasSize(HALF);
  }

  @Test
  void whatNoOneHasThoughtOfIsAFailureLikeOthers() {
    byte[] tar = tar("first");
    put(tar, "commands: {failure: [tell]}");
    bodies.add(new ByteArrayInputStream(tar));
    AskedSyncer syncer =
        new AskedSyncer() {
          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target) {
            throw new InternalError("no idea");
          }
        };

    assertThatThrownBy(() -> deploy(syncer))
        .isInstanceOf(StretcherException.Defect.class)
        .hasMessageContaining("no idea");
    assertThat(commands).containsExactly("tell");
    assertThat(events).anyMatch(DeployEvent.Failed.class::isInstance);
  }

  @Test
  void aSyncThatNeedsMoreMemorySaysHowToRaiseIt() {
    byte[] tar = tar("first");
    put(tar, "");
    bodies.add(new ByteArrayInputStream(tar));
    AskedSyncer syncer =
        new AskedSyncer() {
          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target) {
            throw new OutOfMemoryError("no room");
          }
        };

    assertThatThrownBy(() -> deploy(syncer))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContaining("the memory of the JVM")
        .hasMessageContaining("JAVA_OPTS=-Xmx");
  }

  private void deploy() throws Exception {
    deploy(new AskedSyncer());
  }

  private void deploy(RenameSyncer syncer) throws Exception {
    HookRunner runner =
        hook -> {
          commands.add(hook.command());
          return 0;
        };
    Stretcher.builder()
        .source(memory)
        .source(new SlowSource())
        .syncer(syncer)
        .hookRunner(runner)
        .options(options)
        .listener(events::add)
        .build()
        .deploy(MANIFEST);
  }

  private void put(byte[] described, String more) {
    length = OptionalLong.of(described.length);
    memory.put(
        "/app.yml",
        "src: slow:/app.tar\nchecksum: %s\ndest: %s\n%s\n"
            .formatted(DigestUtils.sha256Hex(described), directory.resolve("app"), more));
  }

  private InputStream inHalves(byte[] tar) {
    return new SequenceInputStream(
        new ByteArrayInputStream(tar, 0, HALF),
        new AfterUnpackingBegan(new ByteArrayInputStream(tar, HALF, tar.length - HALF)));
  }

  private List<Path> stagingDirectories() {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(Files::isDirectory).filter(OverlapTest::isStaging).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStaging(Path path) {
    return path.getFileName().toString().startsWith(".stretcher");
  }

  private static void delete(Path staging) {
    try {
      Files.deleteIfExists(staging.resolve("root"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] tar(String... names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(HALF);
        tar.putArchiveEntry(entry);
        tar.write("x".repeat(HALF).getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
