package dev.stretcher.internal.toc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of contents that is cut, damaged or lies is refused before anything believes it. */
@Timeout(60)
class DamagedTocTest {
  private static final byte[] END = new byte[1024];
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private static byte[] header(String name, char type, int size) {
    org.apache.commons.compress.archivers.tar.TarArchiveEntry entry =
        new org.apache.commons.compress.archivers.tar.TarArchiveEntry(name, (byte) type);
    entry.setSize(size);
    entry.setModTime(1_700_000_000_000L);
    byte[] block = new byte[512];
    entry.writeEntryHeader(block);
    return block;
  }

  private static byte[] sha256(byte[] content) {
    return Sha256.digest().digest(content);
  }

  /** A table of contents of one file, {@code hello}, which is right. */
  private static TocBytes right() {
    return new TocBytes()
        .numbers(1, 100, 2048)
        .numbers(2, 1, 1, 2, 0)
        .numbers(1)
        .bytes(sha256(HELLO), header("hello", '0', 5), END);
  }

  private static void readAll(ByteBuffer toc, Contents contents)
      throws IOException, InterruptedException {
    Toc read = TocReader.read(toc, TocReader.digest(toc), 100, Options.DEFAULT);
    try (TocEntries entries = new TocEntries(read, contents, Options.DEFAULT)) {
      for (var entry = entries.next(); entry != null; entry = entries.next()) {
        if (contents != Contents.NONE && entry.size() > 0) {
          TocArchive.content(entry, entries);
        }
      }
    }
  }

  private static ThrowingCallable reading(TocBytes toc) {
    return () -> readAll(toc.make(), Contents.NONE);
  }

  @Test
  void theRightOneIsRead() throws Exception {
    readAll(right().make(), Contents.NONE);
    readAll(right().make(), content("hello"));
  }

  private static Contents content(String text) {
    byte[] block = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 512);
    return new Contents() {
      @Override
      public boolean has(long position, long length) {
        return position == 512 && length == 512;
      }

      @Override
      public ByteBuffer read(long position, int max) {
        return ByteBuffer.wrap(block, (int) position - 512, Math.min(3, max)).slice();
      }
    };
  }

  @Test
  void aContentWithAnotherDigestIsRefusedAtItsEnd() {
    assertThatThrownBy(() -> readAll(right().make(), content("hellO")))
        .isInstanceOf(TocException.class)
        .hasMessageContaining("another content for 'hello'");
  }

  static Stream<Arguments> lies() {
    byte[] header = header("hello", '0', 5);
    return Stream.of(
        Arguments.of("another magic", right().magic("STOX"), "does not begin with STOC"),
        Arguments.of("another version", right().version(2), "is of version 2, expected 1"),
        Arguments.of("reserved bits", right().reserved(1), "is of version 1"),
        Arguments.of("another compression", right().codec(3), "unknown compression 3"),
        Arguments.of("a body that is shorter", right().longerBy(512), "do not fit"),
        Arguments.of("a body that is longer", right().longerBy(-512), "do not fit"),
        Arguments.of("a body of a negative length", right().longerBy(Long.MIN_VALUE), "inflate to"),
        Arguments.of("bytes after the body", right().bytes(new byte[1]).longerBy(-1), "more bytes"),
        Arguments.of("bytes after the end", right().followedBy((byte) 7), "bytes after its end"),
        Arguments.of("no body", new TocBytes(), "is cut"),
        Arguments.of("no members", new TocBytes().numbers(0), "has 0 members"),
        Arguments.of(
            "members of another length",
            made(new long[] {1, 99, 2048}, new long[] {2, 1, 1, 2, 0}, header, END),
            "has members of 99 bytes in all, but comes after 100"),
        Arguments.of(
            "members of another tar",
            made(new long[] {1, 100, 2560}, new long[] {2, 1, 1, 2, 0}, header, END),
            "has members with 2560 bytes of tar, but runs of 4 blocks"),
        Arguments.of(
            "an empty member",
            made(new long[] {2, 100, 2048, 0, 0}, new long[] {2, 1, 1, 2, 0}, header, END),
            "impossible length"),
        Arguments.of(
            "a member that wraps around",
            new TocBytes().numbers(2, 100, 2048, Long.MAX_VALUE, 1),
            "impossible length"),
        Arguments.of(
            "a number of ten bytes",
            new TocBytes().bytes(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}),
            "a number that is too large"),
        Arguments.of("more members than follow", new TocBytes().numbers(5_000_000, 1, 1), "is cut"),
        Arguments.of(
            "members without end", new TocBytes().numbers(Long.MAX_VALUE, 1, 1), "members"),
        Arguments.of("runs without end", new TocBytes().numbers(1, 100, 2048, 1L << 40), "runs"),
        Arguments.of(
            "no end mark",
            made(new long[] {1, 100, 1024}, new long[] {1, 1, 1}, header),
            "has a run of 1 header blocks and 1 of content"),
        Arguments.of(
            "a run without headers",
            made(new long[] {1, 100, 2048}, new long[] {3, 1, 1, 0, 1, 1, 0}, header, END),
            "has a run of 0 header blocks"),
        Arguments.of(
            "blocks without end",
            new TocBytes().numbers(1, 100, 2048, 2, 1, Long.MAX_VALUE / 512, 1, 0, 0),
            "do not fit"),
        Arguments.of(
            "more blocks than can be counted",
            new TocBytes().numbers(1, 100, 2048, 2, 1, Long.MAX_VALUE, 1, 0, 0),
            "more blocks than any archive"),
        Arguments.of(
            "a content that is longer",
            made(new long[] {1, 100, 2560}, new long[] {2, 1, 2, 2, 0}, header, END),
            "has runs that its headers do not fit"),
        Arguments.of(
            "a content where there is none",
            made(new long[] {1, 100, 2048}, new long[] {2, 1, 1, 2, 0}, header("d", '5', 0), END),
            "has runs that its headers do not fit"),
        Arguments.of(
            "no content where there is one",
            made(new long[] {1, 100, 1536}, new long[] {1, 3, 0}, header, END),
            "has runs that its headers do not fit"),
        Arguments.of(
            "an extended header that goes on in a content",
            made(
                new long[] {1, 100, 2560},
                new long[] {2, 2, 1, 2, 0},
                header("x", 'x', 600),
                new byte[512],
                END),
            "has runs that its headers do not fit"),
        Arguments.of(
            "more after the end mark",
            made(
                new long[] {1, 100, 3072},
                new long[] {2, 1, 1, 4, 0},
                header,
                END,
                header("more", '5', 0),
                new byte[512]),
            "goes on after the end mark"),
        Arguments.of(
            "contents after the end mark",
            made(
                new long[] {1, 100, 3072},
                new long[] {3, 1, 1, 2, 1, 1, 0},
                header,
                END,
                new byte[512]),
            "goes on after the end mark"),
        Arguments.of("no digest", digests(0, header), "has fewer digests than contents"),
        Arguments.of("two digests", digests(2, header), "has more digests than contents"),
        Arguments.of(
            "digests without end",
            new TocBytes().numbers(1, 100, 2048, 2, 1, 1, 2, 0, 1L << 60),
            "digests; its archive has more than"));
  }

  private static TocBytes made(long[] members, long[] runs, byte[]... blocks) {
    return new TocBytes()
        .numbers(members)
        .numbers(runs)
        .numbers(1)
        .bytes(sha256(HELLO))
        .bytes(blocks);
  }

  private static TocBytes digests(int count, byte[] header) {
    TocBytes toc = new TocBytes().numbers(1, 100, 2048).numbers(2, 1, 1, 2, 0).numbers(count);
    return toc.bytes(new byte[32 * count], header, END);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aLieIsRefused(String what, TocBytes toc, String message) {
    assertThatThrownBy(reading(toc))
        .as(what)
        .isInstanceOf(TocException.class)
        .hasMessageStartingWith("the table of contents ")
        .hasMessageContaining(message);
  }

  @Test
  void theDigestIsVerifiedBeforeAnythingElse() {
    ByteBuffer toc = right().magic("XXXX").make();
    Digest other = TocReader.digest(right().make());
    assertThatThrownBy(() -> TocReader.read(toc, other, 100, Options.DEFAULT))
        .isInstanceOf(TocException.class)
        .hasMessageContaining("has the digest sha256:")
        .hasMessageContaining("expected " + other);
  }

  @Test
  void itIsRefusedWhereverItIsCut() throws Exception {
    ByteBuffer whole = TocArchive.of(RandomTar.of(new Random(42), 12), Codec.GZIP).toc();
    for (int length = 0; length < whole.limit(); length++) {
      ByteBuffer cut = whole.slice(0, length);
      assertThatThrownBy(() -> readAll(cut, Contents.NONE))
          .as("cut to " + length)
          .isInstanceOf(TocException.class);
    }
  }

  @Test
  void namesThatEscapeAreRefusedByTheReaderOfTars() {
    for (String name : new String[] {"../up", "a/../../b"}) {
      assertThatThrownBy(
              reading(
                  made(
                      new long[] {1, 100, 2048},
                      new long[] {2, 1, 1, 2, 0},
                      header(name, '0', 5),
                      END)))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("leads outside");
    }
  }

  @Test
  void tenMillionEntriesInAMegabyteAreRefused() {
    byte[] megabyte = new byte[1 << 20];
    TocBytes toc =
        new TocBytes().numbers(1, 100, 10_000_000L * 512, 1, 10_000_000, 0, 0).bytes(megabyte);
    assertThatThrownBy(reading(toc.longerBy(10_000_000L * 512 - megabyte.length)))
        .isInstanceOf(TocException.class)
        .hasMessageContaining("a ratio of more than 1000");
  }

  @Test
  void moreEntriesThanTheLimitAreRefused() throws Exception {
    Options limits = Options.DEFAULT.with(Settings.MAX_ENTRIES, 50);
    TocArchive.Made archive = TocArchive.of(RandomTar.of(new Random(42), 51), Codec.GZIP);
    Toc toc = TocReader.read(archive.toc(), archive.digest(), archive.offset(), limits);
    assertThatThrownBy(
            () -> {
              try (TocEntries entries = new TocEntries(toc, Contents.NONE, limits)) {
                while (entries.next() != null) {}
              }
            })
        .isInstanceOf(TocException.class)
        .hasMessageContaining("has one entry too many, more than 50");
  }

  @Test
  void aTarThatIsLargerThanTheLimitsIsRefused() throws Exception {
    TocArchive.Made archive = TocArchive.of(RandomTar.of(new Random(42), 50), Codec.GZIP);
    Options limits =
        Options.DEFAULT.with(Settings.MAX_UNPACKED, 1000).with(Settings.MAX_ENTRIES, 100);
    assertThatThrownBy(
            () -> TocReader.read(archive.toc(), archive.digest(), archive.offset(), limits))
        .isInstanceOf(TocException.class)
        .hasMessageContaining("max-unpacked");
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void aFooterThatDoesNotFitTheArchiveIsRefused(Codec codec) throws Exception {
    ByteBuffer toc = right().make();
    ByteBuffer tail = Footer.tail(codec, toc, 100);
    long total = 100 + tail.limit();
    assertThat(Footer.find(tail, total)).isPresent();
    assertThatThrownBy(() -> Footer.find(tail, total + 1))
        .isInstanceOf(TocException.class)
        .hasMessageContaining("is said to begin at byte 100");
    ByteBuffer twice = ByteBuffer.allocate(tail.limit() + codec.footerLength());
    twice
        .put(tail.duplicate())
        .put(tail.slice(tail.limit() - codec.footerLength(), codec.footerLength()))
        .flip();
    assertThatThrownBy(() -> Footer.find(twice, 100 + twice.limit()))
        .as("two footers")
        .isInstanceOf(TocException.class);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsAroundATableOfContentsHasToBeRight(Codec codec) throws Exception {
    ByteBuffer toc = ByteBuffer.allocate(70_000);
    int length = Footer.tail(codec, toc, 100).limit();
    int footer = codec.footerLength();
    for (int i = 0; i < length - footer; i++) {
      if (i > 30 && i < 65_500 || i > 65_600 && i < 69_990) {
        continue;
      }
      ByteBuffer tail = Footer.tail(codec, toc, 100);
      Footer found = Footer.find(tail, 100 + length).orElseThrow();
      tail.put(i, (byte) (tail.get(i) ^ 0x55));
      try {
        assertThat(found.toc(tail)).as("byte " + i).isNotEqualTo(toc);
      } catch (TocException e) {
        assertThat(e).hasMessageStartingWith("the table of contents ");
      }
    }
  }

  @Test
  void aBodyWithChangedBytesIsReadOrRefused() throws Exception {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    ByteBuffer toc = TocArchive.of(RandomTar.of(random, 6), Codec.GZIP).toc();
    byte[] body = new byte[(int) toc.order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(8)];
    try (BodyInput in = new BodyInput(toc.duplicate().position(16))) {
      in.read(body);
    }
    for (int i = 0; i < 500; i++) {
      byte[] changed = body.clone();
      // What is said of members, runs and digests is at the beginning.
      int range = random.nextBoolean() ? 30 : body.length;
      changed[random.nextInt(range)] = (byte) random.nextInt(256);
      assertThatCode(() -> TocFuzzTest.requireReadOrRefused(changed))
          .as("-Dstretcher.seed=" + seed)
          .doesNotThrowAnyException();
    }
  }
}
