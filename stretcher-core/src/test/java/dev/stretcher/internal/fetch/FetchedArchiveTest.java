package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.engine.TestEngine;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.VerificationFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken of an archive while it arrives, and what is not. */
class FetchedArchiveTest {
  private static final long MIB = 1 << 20;
  private static final String CONTENT = "content";

  @TempDir private Path directory;
  private DestLock lock;
  private FetchedArchive archive;

  @BeforeEach
  void describe() throws Exception {
    lock =
        DestLock.tryAcquire(DestLock.location(directory.resolve("app"), directory)).orElseThrow();
    archive =
        archive(Options.DEFAULT.with(Settings.MAX_UNPACKED, MIB).with(Settings.MAX_ENTRIES, 256L));
  }

  private FetchedArchive archive(Options options) throws Exception {
    return new FetchedArchive(
        TestEngine.in(directory, options, new DigestVerifier()),
        new Reporter(List.of(), Clock.systemUTC(), Options.DEFAULT),
        new Manifest.Archive(
            URI.create("mem:/app.tar"), Optional.of(Digest.parse(DigestUtils.sha256Hex(CONTENT)))),
        lock,
        Optional.empty());
  }

  @AfterEach
  void leaveNothing() throws IOException {
    archive.close();
    lock.close();
    try (var left = Files.list(directory)) {
      assertThat(left.filter(path -> !path.endsWith("local"))).isEmpty();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatCameBeforeANewBeginningIsGone() throws Exception {
    archive.begin(Optional.empty(), OptionalLong.empty());
    archive.write(bytes("something much longer"));
    archive.begin(Optional.empty(), OptionalLong.empty());
    archive.write(bytes(CONTENT));
    archive.complete();

    assertThat(archive.file()).hasContent(CONTENT);
    assertThat(archive.verify()).isEqualTo("sha256:" + DigestUtils.sha256Hex(CONTENT));
    assertThat(archive.isInPlace()).isFalse();
  }

  @Test
  void anotherContentIsNotAccepted() throws Exception {
    archive.begin(Optional.empty(), OptionalLong.empty());
    archive.write(bytes("other"));
    archive.complete();

    assertThatThrownBy(() -> archive.verify())
        .isInstanceOf(VerificationFailed.class)
        .hasMessageContaining("checksum mismatch of mem:/app.tar")
        .hasMessageContaining("expected:" + DigestUtils.sha256Hex(CONTENT));
  }

  @Test
  void aLocalFileIsReadWhereItIs() throws Exception {
    Path local = Files.writeString(directory.resolve("local"), CONTENT);
    archive.begin(Optional.of(local), OptionalLong.empty());
    archive.write(bytes(CONTENT));
    archive.complete();

    assertThat(archive.isInPlace()).isTrue();
    assertThat(archive.file()).isEqualTo(local);
    assertThat(archive.verify()).isEqualTo("sha256:" + DigestUtils.sha256Hex(CONTENT));
    assertThat(archive.contents().hasChanged()).isFalse();
    Files.writeString(local, "longer than before");
    assertThat(archive.contents().hasChanged()).isTrue();
    Files.delete(local);
    assertThat(archive.contents().hasChanged()).isTrue();
  }

  /** 256 entries may have headers of 4 KiB each, so that 2 MiB are the most. */
  @Test
  void oneThatIsLongerThanItMayBeOnceUnpackedIsNotStored() throws Exception {
    archive.begin(Optional.empty(), OptionalLong.empty());
    archive.write(ByteBuffer.allocate((int) MIB));
    archive.write(ByteBuffer.allocate((int) MIB));
    assertThat(archive.refusal()).isEmpty();

    assertThatThrownBy(() -> archive.write(ByteBuffer.allocate(1)))
        .hasMessageContaining("mem:/app.tar is longer than it may be once it is unpacked")
        .hasMessageContaining("max-unpacked");

    assertThat(archive.refusal()).containsInstanceOf(BadArchive.class);
    assertThat(Files.size(archive.file())).isEqualTo(2 * MIB);
  }

  @Test
  void aLengthForWhichThereIsNoRoomIsRefusedAtOnce() {
    assertThatThrownBy(() -> archive.begin(Optional.empty(), OptionalLong.of(Long.MAX_VALUE / 2)))
        .isInstanceOf(IOException.class);
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void aRefusedOneIsNotTakenAnyFurther() throws Exception {
    archive.begin(Optional.empty(), OptionalLong.empty());
    archive.write(bytes("a"));
    BadArchive reason = new BadArchive(null, Failure.of("not wanted"));

    archive.refuse(reason);

    assertThatThrownBy(() -> archive.write(bytes("b"))).hasCause(reason);
    assertThat(archive.refusal()).contains(reason);
    assertThat(archive.file()).hasContent("a");
  }

  /** A wrong checksum says more than a bad entry, so that what ends by itself is taken. */
  @Test
  void aBadOneIsTakenToItsEndIfThatIsNear() throws Exception {
    BadArchive reason = new BadArchive(null, Failure.of("no tar"));
    archive.begin(Optional.empty(), OptionalLong.of(2));
    archive.contents().refuse(reason);
    archive.write(bytes("a"));
    assertThat(archive.refusal()).isEmpty();

    archive.begin(Optional.empty(), OptionalLong.empty());
    archive.contents().refuse(reason);
    assertThatCode(() -> archive.write(bytes("a"))).doesNotThrowAnyException();
    assertThat(archive.refusal()).contains(reason);
  }

  @Test
  void aBadOneWithoutAnEndIsGivenUp() throws Exception {
    archive.close();
    archive = archive(Options.DEFAULT);
    BadArchive reason = new BadArchive(null, Failure.of("no tar"));
    archive.begin(Optional.empty(), OptionalLong.empty());
    archive.contents().refuse(reason);
    for (int i = 0; i < 16; i++) {
      archive.write(ByteBuffer.allocate(4 << 20));
    }

    assertThatThrownBy(() -> archive.write(bytes("a"))).hasCause(reason);
  }
}
