package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the engine relies on in a {@link Source}. */
public abstract class SourceContract {
  private static final byte[] OBJECT = "0123456789abcdefghij".getBytes(StandardCharsets.US_ASCII);

  /** What a source is able to do beyond handing out whole objects. */
  public enum Capability {
    /** It serves ranges. */
    RANGES,
    /** It names versions of an object. */
    VALIDATORS,
    /** It knows the length of an object. */
    LENGTH
  }

  /** Returns the source under test, the same for the whole test. */
  protected abstract Source source();

  /**
   * Stores an object, or replaces it with another version, and returns its URL, which need not
   * resemble the name.
   */
  protected abstract URI put(String name, byte[] bytes) throws IOException;

  /** Returns the URL of an object that is not there. */
  protected abstract URI missing() throws IOException;

  /** Returns what the source is able to do. */
  protected abstract List<Capability> capabilities();

  /** Returns the URL of an object whose body stalls, if the test can provide one. */
  protected Optional<URI> stalling() throws IOException {
    return Optional.empty();
  }

  @Test
  public void servesTheSchemesOfItsUrls() throws IOException {
    assertThat(source().schemes()).contains(put("a", OBJECT).getScheme());
  }

  @Test
  public void handsOutAWholeObject() throws Exception {
    try (Content content = open(put("a", OBJECT), FetchRequest.all("Stretcher/test"))) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).isEqualTo(OBJECT);
      if (can(Capability.LENGTH)) {
        assertThat(content.totalLength()).hasValue(OBJECT.length);
      }
    }
  }

  @Test
  public void handsOutAnEmptyObject() throws Exception {
    assertThat(read(put("empty", new byte[0]), ByteRange.ALL)).isEmpty();
  }

  @Test
  public void handsOutALargeObject() throws Exception {
    byte[] large = new byte[5_000_001];
    new Random(7).nextBytes(large);

    assertThat(read(put("large", large), ByteRange.ALL)).isEqualTo(large);
  }

  @Test
  public void findsObjectsOfAnyName() throws Exception {
    for (String name :
        List.of("with space", "a+b", "100%", "a%20b", "grüße-日本", "semi;colon", "q?#x")) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      assertThat(read(put(name, bytes), ByteRange.ALL)).as(name).isEqualTo(bytes);
    }
  }

  @Test
  public void saysSoWhenThereIsNoObject() throws IOException {
    URI missing = missing();

    assertThatThrownBy(() -> read(missing, ByteRange.ALL)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  public void hasNoSecretInItsMessages() throws IOException {
    URI missing = missing();
    String mark = missing.getRawQuery() == null ? "?" : "&";
    URI secret = URI.create(missing + mark + "signature=s3cret");

    assertThatThrownBy(() -> read(secret, ByteRange.ALL))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
  }

  @Test
  public void handsOutTheEndOfAnObject() throws Exception {
    assertRange(ByteRange.from(7), 7, 20);
    assertRange(ByteRange.from(19), 19, 20);
  }

  @Test
  public void handsOutAPartOfAnObject() throws Exception {
    assumeTrue(can(Capability.RANGES), "the source has no ranges");
    assertRange(new ByteRange(3, OptionalLong.of(9)), 3, 10);
    assertRange(new ByteRange(0, OptionalLong.of(0)), 0, 1);
    assertRange(new ByteRange(10, OptionalLong.of(999)), 10, 20);
  }

  @Test
  public void handsOutTheLastBytesOfAnObject() throws Exception {
    assertEnd(7, 13);
    assertEnd(1, 19);
    assertEnd(20, 0);
    assertEnd(1000, 0);
  }

  @Test
  public void handsOutTheLastBytesOfAnEmptyObject() throws Exception {
    Optional<Content> end = source().openEnd(put("empty", new byte[0]), 5, "Stretcher/test");

    if (end.isPresent()) {
      try (Content content = end.get()) {
        assertThat(content.firstByte()).isZero();
        assertThat(content.body().readAllBytes()).isEmpty();
      }
    }
  }

  @Test
  public void saysSoWhenThereIsNoObjectToHaveAnEnd() throws Exception {
    assumeTrue(can(Capability.RANGES), "the source has no ranges");
    URI missing = missing();

    assertThatThrownBy(() -> end(missing, 5)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  public void namesTheSameVersionForTheLastBytesAndForTheWhole() throws Exception {
    assumeTrue(can(Capability.VALIDATORS) && can(Capability.RANGES), "no validators or ranges");
    URI uri = put("a", OBJECT);

    try (Content content = source().openEnd(uri, 5, "Stretcher/test").orElseThrow()) {
      assertThat(content.validator()).isPresent().isEqualTo(version(uri));
    }
  }

  @Test
  public void answersFromTheStartWhenTheRangeIsPastTheEnd() throws Exception {
    try (Content content = open(put("a", OBJECT), request(ByteRange.from(20), Optional.empty()))) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).isEqualTo(OBJECT);
    }
  }

  @Test
  public void goesOnWithTheSameVersion() throws Exception {
    assumeTrue(can(Capability.VALIDATORS) && can(Capability.RANGES), "no validators or ranges");
    URI uri = put("a", OBJECT);
    Optional<String> version = version(uri);
    assertThat(version).isPresent();

    try (Content content = open(uri, request(ByteRange.from(5), version))) {
      assertThat(content.firstByte()).isEqualTo(5);
      assertThat(content.body().readAllBytes()).isEqualTo(Arrays.copyOfRange(OBJECT, 5, 20));
    }
  }

  @Test
  public void startsOverWithAnotherVersion() throws Exception {
    assumeTrue(can(Capability.VALIDATORS), "no validators");
    Optional<String> version = version(put("a", OBJECT));
    byte[] other = "another object, longer than the first".getBytes(StandardCharsets.US_ASCII);

    try (Content content = open(put("a", other), request(ByteRange.from(5), version))) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).isEqualTo(other);
      assertThat(content.validator()).isPresent().isNotEqualTo(version);
    }
  }

  @Test
  public void startsOverWithAnotherVersionThatEndsBeforeTheRange() throws Exception {
    assumeTrue(can(Capability.VALIDATORS), "no validators");
    Optional<String> version = version(put("a", OBJECT));

    try (Content content = open(put("a", new byte[3]), request(ByteRange.from(15), version))) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).hasSize(3);
    }
  }

  @Test
  public void offersTheObjectItselfOnlyIfItIsTheFile() throws Exception {
    try (Content content = open(put("a", OBJECT), FetchRequest.all("Stretcher/test"))) {
      for (Path file : content.file().stream().toList()) {
        assertThat(file).hasBinaryContent(OBJECT);
      }
    }
  }

  @Test
  public void isClosedTwice() throws Exception {
    read(put("a", OBJECT), ByteRange.ALL);

    source().close();
    source().close();
  }

  @Test
  public void closesTwiceAndBeforeTheEnd() throws Exception {
    URI uri = put("large", new byte[3_000_000]);
    Content content = open(uri, FetchRequest.all("Stretcher/test"));
    assertThat(content.body().read()).isZero();

    content.close();
    content.close();

    assertThat(read(uri, ByteRange.ALL)).hasSize(3_000_000);
  }

  @Test
  public void closingEndsAReadThatIsBlocked() throws Exception {
    Optional<URI> uri = stalling();
    assumeTrue(uri.isPresent(), "the test has no object that stalls");
    Content content = open(uri.orElseThrow(), FetchRequest.all("Stretcher/test"));
    assertThat(content.body().read()).isNotNegative();
    CompletableFuture<byte[]> blocked = CompletableFuture.supplyAsync(() -> rest(content));

    content.close();

    assertThatThrownBy(() -> blocked.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
  }

  @Test
  public void servesSeveralThreadsAtOnce() throws Exception {
    URI a = put("a", OBJECT);
    byte[] other = new byte[100_000];
    Arrays.fill(other, (byte) 7);
    URI b = put("b", other);
    List<CompletableFuture<byte[]>> reads =
        IntStream.range(0, 16)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> unchecked(i % 2 == 0 ? a : b)))
            .toList();

    for (int i = 0; i < reads.size(); i++) {
      assertThat(reads.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i % 2 == 0 ? OBJECT : other);
    }
  }

  private void assertRange(ByteRange range, int from, int to) throws Exception {
    try (Content content = open(put("a", OBJECT), request(range, Optional.empty()))) {
      boolean whole = !can(Capability.RANGES);
      assertThat(content.firstByte()).isEqualTo(whole ? 0 : from);
      assertThat(content.range().last().orElse(OBJECT.length - 1L))
          .isEqualTo(whole ? OBJECT.length - 1 : to - 1);
      assertThat(content.body().readAllBytes())
          .isEqualTo(whole ? OBJECT : Arrays.copyOfRange(OBJECT, from, to));
      if (can(Capability.LENGTH)) {
        assertThat(content.totalLength()).hasValue(OBJECT.length);
      }
    }
  }

  private void assertEnd(long bytes, int from) throws Exception {
    Optional<Content> end = source().openEnd(put("a", OBJECT), bytes, "Stretcher/test");
    assertThat(end.isPresent() || !can(Capability.RANGES)).isTrue();
    if (end.isPresent()) {
      try (Content content = end.get()) {
        int first = can(Capability.RANGES) ? from : 0;
        assertThat(content.firstByte()).isEqualTo(first);
        assertThat(content.range().last().orElse(19)).isEqualTo(19);
        assertThat(content.totalLength()).hasValue(OBJECT.length);
        assertThat(content.body().readAllBytes()).isEqualTo(Arrays.copyOfRange(OBJECT, first, 20));
      }
    }
  }

  private byte[] end(URI uri, long bytes) throws Exception {
    try (Content content = source().openEnd(uri, bytes, "Stretcher/test").orElseThrow()) {
      return content.body().readAllBytes();
    }
  }

  private Optional<String> version(URI uri) throws Exception {
    try (Content content = open(uri, FetchRequest.all("Stretcher/test"))) {
      return content.validator();
    }
  }

  private byte[] read(URI uri, ByteRange range) throws Exception {
    try (Content content = open(uri, request(range, Optional.empty()))) {
      return content.body().readAllBytes();
    }
  }

  private byte[] unchecked(URI uri) {
    try {
      return read(uri, ByteRange.ALL);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] rest(Content content) {
    try {
      return content.body().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Content open(URI uri, FetchRequest request) throws Exception {
    return source().open(uri, request);
  }

  private static FetchRequest request(ByteRange range, Optional<String> validator) {
    return new FetchRequest(range, validator, "Stretcher/test");
  }

  private boolean can(Capability capability) {
    return capabilities().contains(capability);
  }
}
