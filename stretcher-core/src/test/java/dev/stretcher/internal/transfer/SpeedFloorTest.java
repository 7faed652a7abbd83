package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
          .hasMessage("no more than 999 bytes per second came for 30s, and 1000 is the least");
    }
    assertThat(Duration.ofNanos(now)).isEqualTo(SpeedFloor.WINDOW);
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
    RemoteObject object =
        new RemoteObject(
            new Trickling(bytes, wait, file),
            URI.create("test://host/object"),
            "Stretcher/test",
            rate,
            new StallWatch(Optional.empty(), () -> now),
            floor);
    return object.open(ByteRange.ALL, Optional.empty()).body();
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
