package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What servers and archives do wrong on the way to the contents that dest lacks: each ends in the
 * right tree, by one fetch of all, or in an error with dest as it was.
 */
class FaultyTocTest extends TocFixture {
  private Map<String, String> before = Map.of();

  @BeforeEach
  void prepare() throws Exception {
    nextVersion();
    before = described(app.dest());
  }

  @ParameterizedTest
  @CsvSource({
    "400, true",
    "403, true",
    "416, true",
    "501, true",
    "400, false",
    "403, false",
    "416, false",
    "501, false"
  })
  void aServerThatRefusesRangesIsReadInOneGo(int status, boolean end) throws Exception {
    server.answer(
        asked ->
            (end ? asked.isEnd() : asked.isMiddle())
                ? Optional.of(server.builder().code(status).build())
                : Optional.empty());

    assertWhole(deploy(), "");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allOfTheArchiveIsTakenAndNotAskedForTwice(boolean end) throws Exception {
    server.answer(
        asked ->
            (end ? asked.isEnd() : asked.isMiddle())
                ? Optional.of(server.whole())
                : Optional.empty());

    Cli.Result result = deployBy(List.of("--connections=1"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.wholes()).isEqualTo(1);
    assertThat(server.requests()).doesNotContain("");
  }

  @Test
  void whatWasKeptOfTheLastDeployIsAsGoodAsNotThereIfItIsCut() throws Exception {
    // Only what was kept says that files with other times are the same.
    for (int i = 0; i < FILES; i++) {
      Path file = tree.resolve("d%02d/f%03d".formatted(i % 20, i));
      if (Files.exists(file)) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L + i * 1000));
      }
    }
    pack();
    server.put(Files.readAllBytes(app.archive()));
    Path kept = onlyFile(directory.resolve("state/stretcher/tocs"));
    byte[] bytes = Files.readAllBytes(kept);
    Files.write(kept, Arrays.copyOf(bytes, bytes.length / 2));
    // As a deploy leaves it that was killed.
    Files.copy(kept, kept.resolveSibling(kept.getFileName() + ".new"));

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).doesNotContain("files are in dest", "Warning");
    assertThat(onlyFile(kept.getParent())).isEqualTo(kept);
    assertThat(Files.size(kept)).isGreaterThan(bytes.length / 2);
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Test
  void anotherRangeLeadsToAFetchOfAll() throws Exception {
    server.answer(
        asked ->
            asked.isMiddle() && asked.range().contains("=0-")
                ? Optional.empty()
                : asked.isMiddle() ? Optional.of(server.part(1, 5)) : Optional.empty());

    assertWhole(deploy(), "");
  }

  @Test
  void anArchiveThatWasReplacedIsNotMixed() throws Exception {
    byte[] other = Files.readAllBytes(otherArchive());
    AtomicInteger middle = new AtomicInteger();
    server.answer(
        asked -> {
          if (asked.isMiddle() && middle.getAndIncrement() == 0) {
            server.put(other);
          }
          return Optional.empty();
        });

    Cli.Result result = deploy();

    assertFails(result, "checksum mismatch");
    assertThat(described(app.dest())).isEqualTo(before);
    assertThat(server.wholes()).isLessThanOrEqualTo(4);
  }

  @Test
  void rangesOfAnotherVersionLeadToAFetchOfAll() throws Exception {
    server.answer(
        asked ->
            asked.isMiddle() && !asked.range().contains("=0-")
                ? Optional.of(
                    part(asked, new byte[length(asked.range())])
                        .newBuilder()
                        .setHeader("ETag", "\"other\"")
                        .build())
                : Optional.empty());

    assertWhole(deploy(), "the object was replaced while it was fetched");
  }

  private int length(String range) {
    return (int) (last(range) - first(range) + 1);
  }

  private static long first(String range) {
    return Long.parseLong(range.substring("bytes=".length(), range.indexOf('-')));
  }

  /** A fast download asks for all that is left. */
  private long last(String range) {
    String last = range.substring(range.indexOf('-') + 1);
    return last.isEmpty() ? packed.length() - 1 : Long.parseLong(last);
  }

  /** As of a disk that is damaged: these are not even members. */
  @Test
  void wrongBytesLeadToAFetchOfAll() throws Exception {
    server.answer(
        asked ->
            asked.number() == 3 && asked.isMiddle()
                ? Optional.of(part(asked, new byte[length(asked.range())]))
                : Optional.empty());

    assertWhole(deploy(), "the whole archive is fetched");
  }

  @Test
  void anotherContentLeadsToAFetchOfAll() throws Exception {
    byte[] right = Files.readAllBytes(app.archive());
    byte[] other = right.clone();
    forge(other, Files.readAllBytes(tree.resolve("d10/f010")));
    assertThat(other).isNotEqualTo(right);
    server.answer(
        asked -> {
          if (!asked.isMiddle() || asked.number() > 5) {
            return Optional.empty();
          }
          int first = Integer.parseInt(asked.range().replaceAll("bytes=|-.*", ""));
          return Optional.of(
              part(asked, Arrays.copyOfRange(other, first, first + length(asked.range()))));
        });

    assertWhole(deploy(), "has another content for 'd10/f010'");
    // What dest has is not what it says.
    assertThat(directory.resolve("state/stretcher/tocs")).isEmptyDirectory();
  }

  /** Changes a content, which is stored as it is for it is random, and the CRC of its member. */
  private static void forge(byte[] archive, byte[] content) {
    byte[] member = Arrays.copyOf(content, (content.length + 511) / 512 * 512);
    int start = find(archive, Arrays.copyOf(content, 50), 0);
    int crc = find(archive, crc(member), start);
    archive[start + 10] ^= 1;
    member[10] ^= 1;
    System.arraycopy(crc(member), 0, archive, crc, 4);
  }

  private static byte[] crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return ByteBuffer.allocate(4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .array();
  }

  private static int find(byte[] in, byte[] what, int from) {
    int at = from;
    while (!Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
      at++;
    }
    return at;
  }

  private MockResponse part(RangeServer.Asked asked, byte[] bytes) {
    return server
        .builder()
        .code(206)
        .setHeader("Content-Range", range(asked))
        .body(new Buffer().write(bytes))
        .build();
  }

  @Test
  void aServerThatCompressesOnTheWayIsFetchedAgain() throws Exception {
    server.answer(
        asked ->
            asked.isEnd()
                ? Optional.of(
                    server
                        .builder()
                        .code(206)
                        .setHeader("Content-Encoding", "gzip")
                        .setHeader("Content-Range", "bytes 100-299/300")
                        .body(new Buffer().write(new byte[200]))
                        .build())
                : Optional.empty());

    assertWhole(deploy(), "");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerThatDiesInTheMiddleIsAskedAgain(boolean end) throws Exception {
    AtomicInteger deaths = new AtomicInteger();
    server.answer(
        asked ->
            (end ? asked.isEnd() : asked.isMiddle()) && deaths.getAndIncrement() == 0
                ? Optional.of(
                    server
                        .builder()
                        .code(206)
                        .setHeader("Content-Range", range(asked))
                        .setHeader("Content-Length", 100)
                        .body("short")
                        .onResponseEnd(new SocketEffect.CloseSocket())
                        .build())
                : Optional.empty());

    Cli.Result result = deployBy(List.of("--retry=3", "--retry-wait=0", "--connections=2"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
  }

  private String range(RangeServer.Asked asked) {
    String span =
        asked.isEnd()
            ? (packed.length() - (256 << 10)) + "-" + (packed.length() - 1)
            : first(asked.range()) + "-" + last(asked.range());
    return "bytes %s/%s".formatted(span, packed.length());
  }

  @Test
  void aServerThatIsGoneIsAnError() throws Exception {
    server.answer(
        asked ->
            asked.isEnd() ? Optional.empty() : Optional.of(server.builder().code(503).build()));

    Cli.Result result = deploy();

    assertFails(result, "cannot fetch", "HTTP 503");
    assertThat(described(app.dest())).isEqualTo(before);
    assertThat(server.wholes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void anArchiveThatIsNotThereIsAnErrorAtOnce(int status) throws Exception {
    server.answer(asked -> Optional.of(new MockResponse.Builder().code(status).build()));

    Cli.Result result = deploy();

    assertFails(result, "cannot fetch", "HTTP " + status);
    assertThat(server.requests()).hasSizeLessThanOrEqualTo(2);
    assertThat(described(app.dest())).isEqualTo(before);
  }

  @Test
  void aServerThatStallsIsAnErrorAfterTheTimeOut() throws Exception {
    server.answer(
        asked ->
            asked.isMiddle()
                ? Optional.of(server.builder().onResponseStart(SocketEffect.Stall.INSTANCE).build())
                : Optional.empty());

    Cli.Result result = deployBy(List.of("--timeout=1"));

    assertFails(result, "timeout 1s reached");
    assertThat(described(app.dest())).isEqualTo(before);
  }

  @Test
  void aTableOfContentsWithAnotherDigestLeadsToAFetchOfAll() throws Exception {
    String other = manifest().replaceFirst("toc: sha256:.*", "toc: sha256:" + "0".repeat(64));

    assertWhole(
        run(List.of(), app.write(other).toString(), environment()),
        "the table of contents has the digest");
  }

  @Test
  void anArchiveWithoutATableOfContentsIsFetched() throws Exception {
    TestApp.exec("tar", "-C", tree.toString(), "-czf", app.archive().toString(), ".");
    server.put(Files.readAllBytes(app.archive()));
    String plain = manifest().replaceFirst("checksum: .*", "checksum: sha256:" + app.sha256());

    assertWhole(
        run(List.of(), app.write(plain).toString(), environment()),
        "the archive has no table of contents");
  }

  /** The manifest is of one archive, and its table of contents of another. */
  @Test
  void aTableOfContentsThatLiesLeadsToAFetchOfAll() throws Exception {
    byte[] good = Files.readAllBytes(app.archive());
    byte[] lying = good.clone();
    // A changed file is in these members, though not what the table of contents says.
    for (int i = 0; i < lying.length - (256 << 10); i++) {
      lying[i] ^= 1;
    }
    server.put(lying);
    String checksum = DigestUtils.sha256Hex(lying);
    String manifest = manifest().replaceFirst("checksum: .*", "checksum: sha256:" + checksum);

    Cli.Result result = run(List.of(), app.write(manifest).toString(), environment());

    assertFails(result, "the whole archive is fetched", "cannot be unpacked");
    assertThat(described(app.dest())).isEqualTo(before);
    assertThat(good).hasSameSizeAs(lying);
  }

  private Path otherArchive() throws Exception {
    Path other = directory.resolve("other.tar.gz");
    Packed made = Packer.of(Files.createDirectories(directory.resolve("other-tree"))).pack(other);
    assertThat(made.entries()).isPositive();
    return other;
  }

  private void assertWhole(Cli.Result result, String warning) throws Exception {
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err())
        .contains(warning)
        .contains("Checksum ok: ")
        .doesNotContain("Checksum ok: toc");
    assertThat(result.err().split("the whole archive is fetched", -1).length)
        .isLessThanOrEqualTo(2);
  }
}
