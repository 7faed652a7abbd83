package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.internal.plugin.Plugins;
import dev.stretcher.internal.reserved.ReservedDirectories;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.ledger.BootTime;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Options;
import dev.stretcher.policy.Policy;
import dev.stretcher.process.Background;
import dev.stretcher.report.StretcherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every form of contents promises to the unpacking. */
@Timeout(60)
class ArchiveContentsTest {
  @TempDir private Path directory;
  private byte[] tar = new byte[0];
  private DestLock lock;
  private FetchedArchive archive;

  /** How the archive comes. */
  enum Kind {
    SPOOLED,
    LOCAL
  }

  @BeforeEach
  void describe() throws Exception {
    tar = tar("one", "two", "three");
    lock =
        DestLock.tryAcquire(DestLock.location(directory.resolve("app"), directory)).orElseThrow();
    Digest digest = Digest.parse(DigestUtils.sha256Hex(tar));
    archive =
        new FetchedArchive(
            engine(),
            new Reporter(List.of(), Clock.systemUTC(), Options.DEFAULT),
            new Manifest.Archive(URI.create("mem:/app.tar"), Optional.of(digest)),
            lock,
            Optional.empty());
  }

  @AfterEach
  void leaveNothing() throws IOException {
    archive.close();
    lock.close();
  }

  @ParameterizedTest
  @EnumSource
  void allEntriesComeInTheirOrder(Kind kind) throws Exception {
    fetch(kind);

    List<String> read =
        archive.contents().read(entry -> false, (entries, there) -> read(entries, Set.of()));

    assertThat(read).containsExactly("one", "two", "three");
  }

  @ParameterizedTest
  @EnumSource
  void contentsThatWereLeftOutComeByTheirNumbers(Kind kind) throws Exception {
    fetch(kind);
    archive.contents().read(entry -> false, (entries, there) -> read(entries, Set.of()));

    Set<Integer> numbers = Set.of(1, 3);
    List<String> read = archive.contents().readSome(numbers, entries -> read(entries, numbers));

    assertThat(read).containsExactly("one: one", "two", "three: three");
  }

  @Test
  void aLocalFileThatIsGoneIsNoFaultOfTheTemporaryDirectory() {
    Path gone = directory.resolve("gone");

    assertThatThrownBy(() -> archive.begin(Optional.of(gone), OptionalLong.empty()))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(archive.refusal())
        .containsInstanceOf(StretcherException.SourceUnavailable.class)
        .hasValueSatisfying(
            refusal -> assertThat(refusal).hasMessageContaining("no such file or directory"));
  }

  @Test
  void aFileInThePlaceOfTheSpoolIsNotRead() throws Exception {
    fetch(Kind.SPOOLED);
    Path spool = archive.contents().file();
    Files.delete(spool);
    Files.write(spool, tar("evil"));

    List<String> read =
        archive.contents().read(entry -> false, (entries, there) -> read(entries, Set.of()));

    assertThat(read).containsExactly("one", "two", "three");
    assertThatThrownBy(archive::close).hasMessageContaining("is not the temporary file");
    Files.delete(spool);
  }

  @ParameterizedTest
  @EnumSource
  void whoReadsWhatHasStartedOverIsTold(Kind kind) throws Exception {
    begin(kind);
    ArchiveContents old = archive.contents();
    assertThat(old.hasStartedOver()).isFalse();

    fetch(kind);

    assertThat(old.hasStartedOver()).isTrue();
    assertThatThrownBy(() -> old.read(entry -> true, (entries, there) -> read(entries, Set.of())))
        .isInstanceOf(StartedOverException.class);
    assertThat(archive.contents().hasStartedOver()).isFalse();
  }

  @Test
  void entriesThatEndBeforeTheArchiveDoesAreWorthNothingIfTheFetchStartsOver() throws Exception {
    archive.begin(Optional.empty(), OptionalLong.of(100_000));
    archive.write(ByteBuffer.wrap(gzip(tar("evil"))));
    archive.write(ByteBuffer.wrap("no member".repeat(100).getBytes(StandardCharsets.US_ASCII)));
    CountDownLatch unpacked = new CountDownLatch(1);
    try (Background<List<String>, IOException> unpacking =
        Background.start(
            "test", () -> archive.contents().read(e -> true, (e, there) -> all(e, unpacked)))) {
      unpacked.await();

      fetch(Kind.SPOOLED);

      assertThatThrownBy(unpacking::await).isInstanceOf(StartedOverException.class);
    }
  }

  private static List<String> all(Entries entries, CountDownLatch read)
      throws IOException, InterruptedException {
    List<String> names = read(entries, Set.of());
    read.countDown();
    return names;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void theyAreThereOnceTheFetchHasBegun(Kind kind) throws Exception {
    try (Background<List<String>, IOException> unpacking =
        Background.start(
            "test",
            () ->
                archive
                    .contents()
                    .read(entry -> true, (each, there) -> read(each, Set.of(1, 2, 3))))) {
      fetch(kind);

      assertThat(unpacking.await()).containsExactly("one: one", "two: two", "three: three");
    }
  }

  @Test
  void aLocalFileIsNotAcceptedInAnotherFormThanTheOneThatWasVerified() throws Exception {
    fetch(Kind.LOCAL);
    ArchiveContents contents = archive.contents();
    assertThat(contents.hasChanged()).isFalse();

    Files.write(local(), tar("one", "two", "other"));

    assertThatThrownBy(() -> contents.readSome(Set.of(1), entries -> read(entries, Set.of(1))))
        .isInstanceOf(ArchiveContents.ChangedException.class);
    Files.write(local(), new byte[1]);
    assertThat(contents.hasChanged()).isTrue();
  }

  private Path local() {
    return directory.resolve("app.tar");
  }

  private void begin(Kind kind) throws IOException {
    Files.write(local(), tar);
    archive.begin(
        kind == Kind.LOCAL ? Optional.of(local()) : Optional.empty(), OptionalLong.empty());
  }

  private void fetch(Kind kind) throws IOException {
    begin(kind);
    archive.write(ByteBuffer.wrap(tar));
    archive.complete();
  }

  /** Returns the names of all entries, and the contents of some. */
  private static List<String> read(Entries entries, Set<Integer> numbers)
      throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
      String content = numbers.contains(found.size() + 1) ? ": " + content(entry, entries) : "";
      found.add(entry.path() + content);
    }
    entries.finish();
    return found;
  }

  private static String content(TarEntry entry, Entries entries)
      throws IOException, InterruptedException {
    ByteBuffer content = ByteBuffer.allocate((int) entry.size());
    while (content.hasRemaining()) {
      content.put(entries.content(content.remaining()));
    }
    return new String(content.array(), StandardCharsets.US_ASCII);
  }

  /** Returns an archive of files that have their names in them. */
  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(name.length());
        tar.putArchiveEntry(entry);
        tar.write(name.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Engine engine() {
    return new Engine(
        Plugins.discover(
            new Plugins.Given(List.of(), List.of(), List.of(new DigestVerifier())),
            ClassLoader.getPlatformClassLoader()),
        hook -> 0,
        Options.DEFAULT,
        Policy.OPEN,
        Map.of(),
        directory,
        new ReservedDirectories(Path.of("/"), List.of()),
        Clock.systemUTC(),
        new NoClock(),
        new Random(),
        Optional.empty(),
        "test");
  }

  private static final class NoClock implements SteadyClock {
    @Override
    public Optional<BootTime> sinceBoot() {
      return Optional.empty();
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }
}
