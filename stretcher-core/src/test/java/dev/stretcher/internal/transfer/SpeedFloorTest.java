package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that trickle, by a clock that only moves while somebody waits. */
class SpeedFloorTest {
  private static final long FLOOR = 1000;

  private long now;
  private final SpeedFloor floor = new SpeedFloor(OptionalLong.of(FLOOR), () -> now);
  private final RateLimit limit =
      new RateLimit(OptionalLong.of(10), () -> now, pause -> now += pause.toNanos());

  @Test
  void aServerThatTricklesIsBrokenOffAfterHalfAMinute() throws Exception {
    try (InputStream body = body(999, Duration.ofSeconds(1), RATE_OF_ITS_OWN, Optional.empty())) {
      assertThatThrownBy(() -> readFor(body, 100))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage(
              "only 999 bytes per second came for 30s, and 1000 is the least;"
                  + " see why, or lower the setting low-speed");
    }
    assertThat(Duration.ofNanos(now)).isEqualTo(SpeedFloor.WINDOW.plusSeconds(1));
  }

  @Test
  void aServerThatIsJustFastEnoughIsLeftAlone() throws Exception {
    try (InputStream body = body(1000, Duration.ofSeconds(1), RATE_OF_ITS_OWN, Optional.empty())) {
      assertThatCode(() -> readFor(body, 1000)).doesNotThrowAnyException();
    }
  }

  @Test
  void aPauseIsMadeUpForByWhatComesAfterIt() throws Exception {
    try (InputStream body =
        body(40_000, Duration.ofSeconds(29), RATE_OF_ITS_OWN, Optional.empty())) {
      assertThatCode(() -> readFor(body, 100)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 45, 86_400})
  void aLongPauseIsAMatterOfStalls(int seconds) throws Exception {
    try (InputStream body = body(8192, Duration.ofMillis(1), RATE_OF_ITS_OWN, Optional.empty())) {
      readFor(body, 1);
      floor.begin();
      now += Duration.ofSeconds(seconds).toNanos();
      floor.end();

      assertThatCode(() -> readFor(body, 10)).doesNotThrowAnyException();
    }
  }

  @Test
  void aByteAfterEachLongPauseIsSlow() throws Exception {
    try (InputStream body = body(1, Duration.ofSeconds(29), RATE_OF_ITS_OWN, Optional.empty())) {
      assertThatThrownBy(() -> readFor(body, 8)).hasMessageContaining("1000 is the least");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1 byte", "1, 5, less than 1 byte", "7, 5, 1 byte", "2, 1, 2 bytes"})
  void theRateIsSaidAsItIs(int bytes, int seconds, String rate) throws Exception {
    try (InputStream body =
        body(bytes, Duration.ofSeconds(seconds), RATE_OF_ITS_OWN, Optional.empty())) {
      assertThatThrownBy(() -> readFor(body, 100))
          .hasMessageStartingWith("only " + rate + " per second came for 30s, and 1000 is");
    }
  }

  @Test
  void theLastBytesAreNeverTooSlow() throws Exception {
    try (InputStream body = body(10, Duration.ofSeconds(1), RATE_OF_ITS_OWN, Optional.empty())) {
      assertThatCode(() -> readFor(body, 30)).doesNotThrowAnyException();
    }
  }

  @Test
  void anAnswerIsWaitedForToo() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                now += Duration.ofDays(1).toNanos();
                remote(new LateAnswers(), RATE_OF_ITS_OWN)
                    .open(ByteRange.ALL, Optional.empty())
                    .body()
                    .read();
              }
            })
        .hasMessageContaining("1000 is the least");
  }

  @Test
  void anAttemptAfterATrickleBeginsAnew() throws Exception {
    List<String> retries = new ArrayList<>();
    TransferSettings settings =
        new TransferSettings(
            "Stretcher/test",
            new RetryPolicy(1, Duration.ZERO, new SplittableRandom(1)),
            OptionalLong.empty(),
            1,
            Optional.empty(),
            OptionalLong.of(FLOOR));
    AtomicInteger asked = new AtomicInteger();
    RangedObject object =
        new RangedObject(100_000)
            .with((range, body) -> asked.getAndIncrement() == 0 ? new Breaking() : paced(body));

    new Transfer(
            object,
            URI.create("test://host/object"),
            settings,
            new ParallelFixture.Heard(retries, new ArrayList<>()),
            () -> now)
        .all(new KeptBytes());

    assertThat(retries).containsExactly("connection reset");
  }

  @ParameterizedTest
  @CsvSource({"test, 100, 50", "test, 10_000, 1000", "file, 10_000, 0"})
  void theFloorIsBelowWhatWeAskFor(String scheme, String asked, int least) {
    TransferSettings settings =
        new TransferSettings(
            "Stretcher/test",
            new RetryPolicy(1, Duration.ZERO, new SplittableRandom(1)),
            OptionalLong.of(Long.parseLong(asked.replace("_", ""))),
            1,
            Optional.empty(),
            OptionalLong.of(FLOOR));
    SpeedFloor of = SpeedFloor.of(URI.create(scheme + ":///a"), settings, () -> now);

    assertThatCode(() -> arrive(of, least)).doesNotThrowAnyException();
    if (least > 0) {
      assertThatThrownBy(() -> arrive(of, least - 1)).hasMessageContaining(" is the least");
    }
  }

  private void arrive(SpeedFloor of, int bytes) throws IOException {
    for (int second = 0; second < 32; second++) {
      of.begin();
      now += Duration.ofSeconds(1).toNanos();
      of.end();
      of.arrived(bytes);
    }
  }

  /** Returns a body of which a piece comes each second. */
  private InputStream paced(InputStream body) {
    return new FilterInputStream(body) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        now += Duration.ofSeconds(1).toNanos();
        return super.read(target, offset, Math.min(length, 8192));
      }
    };
  }

  /** Trickles for almost as long as it may, and breaks. */
  private final class Breaking extends InputStream {
    private int left = 29;

    @Override
    public int read() throws IOException {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("connection reset");
      }
      left--;
      now += Duration.ofSeconds(1).toNanos();
      return 1;
    }
  }

  /** Answers late, with one byte. */
  private final class LateAnswers implements Source {
    @Override
    public Set<String> schemes() {
      return Set.of("test");
    }

    @Override
    public Content open(URI uri, FetchRequest request) {
      now += Duration.ofSeconds(29).toNanos();
      return Content.of(new ByteArrayInputStream(new byte[1]));
    }
  }

  @Test
  void ourOwnLimitDoesNotMakeAServerSlow() throws Exception {
    try (InputStream body = body(1000, Duration.ZERO, limit, Optional.empty())) {
      assertThatCode(() -> readFor(body, 1000)).doesNotThrowAnyException();
    }
    assertThat(Duration.ofNanos(now)).isGreaterThan(SpeedFloor.WINDOW);
  }

  @Test
  void theTimeBetweenTwoReadsIsOurs() throws Exception {
    try (InputStream body = body(10, Duration.ofMillis(1), RATE_OF_ITS_OWN, Optional.empty())) {
      for (int i = 0; i < 100; i++) {
        now += Duration.ofMinutes(1).toNanos();
        assertThat(body.read(new byte[100])).isPositive();
      }
    }
  }

  @Test
  void aFileHasNoFloor() throws Exception {
    try (InputStream body =
        body(1, Duration.ofMinutes(1), RATE_OF_ITS_OWN, Optional.of(Path.of("/a")))) {
      assertThatCode(() -> readFor(body, 10)).doesNotThrowAnyException();
    }
  }

  @Test
  void allConnectionsCountTogetherAndTheirTimeOnce() throws Exception {
    for (int second = 0; second < 100; second++) {
      floor.begin();
      floor.begin();
      now += Duration.ofSeconds(1).toNanos();
      floor.end();
      floor.end();
      floor.arrived(1000);
    }
    assertThatThrownBy(
            () -> {
              for (int second = 0; second < 100; second++) {
                floor.begin();
                now += Duration.ofSeconds(1).toNanos();
                floor.end();
                floor.arrived(500);
              }
            })
        .hasMessageContaining("1000 is the least");
  }

  @Test
  void withoutAFloorEachServerIsFastEnough() throws Exception {
    SpeedFloor none = new SpeedFloor(OptionalLong.empty(), () -> now);
    none.begin();
    now += Duration.ofDays(1).toNanos();
    none.end();

    assertThatCode(() -> none.arrived(1)).doesNotThrowAnyException();
  }

  private static final RateLimit RATE_OF_ITS_OWN = new RateLimit(OptionalLong.empty());

  private static void readFor(InputStream body, int reads) throws IOException {
    for (int i = 0; i < reads; i++) {
      assertThat(body.read(new byte[100_000])).isPositive();
    }
  }

  /** Returns a body that sends so many bytes after each wait. */
  private InputStream body(int bytes, Duration wait, RateLimit rate, Optional<Path> file)
      throws Exception {
    return remote(new Trickling(bytes, wait, file), rate)
        .open(ByteRange.ALL, Optional.empty())
        .body();
  }

  private RemoteObject remote(Source source, RateLimit rate) {
    return new RemoteObject(
        source,
        URI.create("test://host/object"),
        "Stretcher/test",
        rate,
        new StallWatch(Optional.empty(), () -> now),
        floor);
  }

  private final class Trickling extends InputStream implements Source {
    private final int bytes;
    private final Duration wait;
    private final Optional<Path> file;

    Trickling(int bytes, Duration wait, Optional<Path> file) {
      this.bytes = bytes;
      this.wait = wait;
      this.file = file;
    }

    @Override
    public Set<String> schemes() {
      return Set.of("test");
    }

    @Override
    public Content open(URI uri, FetchRequest request) {
      return new Content(this, request.range(), OptionalLong.empty(), Optional.empty(), file);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      now += wait.toNanos();
      return Math.min(bytes, length);
    }

    @Override
    public void close() {}
  }
}
