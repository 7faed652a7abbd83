package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How many connections a rate is worth. */
class StretchesTest {
  private static final int FIRST = 4 << 20;
  private static final int SECOND = 16 << 20;

  private final RangedObject object = new RangedObject(30_000_000);
  private final Stretches stretches =
      new Stretches(remote(), new Connections(4, new ParallelFixture.Heard(List.of(), List.of())));

  @Test
  void aFastConnectionFetchesTheRest() throws Exception {
    assertThat(next(FIRST, Duration.ofMillis(20)).range()).isEqualTo(ByteRange.from(FIRST));
  }

  @Test
  void aRateInBetweenIsMeasuredOnceMore() throws Exception {
    assertThat(next(FIRST, Duration.ofMillis(70)).range())
        .isEqualTo(new ByteRange(FIRST, OptionalLong.of(FIRST + SECOND - 1)));
    assertThat(next(FIRST + SECOND, Duration.ofMillis(300)).body())
        .isInstanceOf(ParallelInput.class);
  }

  @Test
  void aJvmThatHasWarmedUpNeedsNoMoreConnections() throws Exception {
    assertThat(next(FIRST, Duration.ofMillis(70)).range().last()).isPresent();
    assertThat(next(FIRST + SECOND, Duration.ofMillis(50)).range())
        .isEqualTo(ByteRange.from(FIRST + SECOND));
  }

  @Test
  void aSlowConnectionGetsHelp() throws Exception {
    assertThat(next(FIRST, Duration.ofSeconds(1)).body()).isInstanceOf(ParallelInput.class);
  }

  /** Returns what comes after so many bytes, of which the last stretch took so long. */
  private Content next(int received, Duration time) throws IOException, InterruptedException {
    int before = received == FIRST ? 0 : FIRST;
    stretches.measured(received - before, time.toNanos());
    ByteRange range = new ByteRange(before, OptionalLong.of(received - 1L));
    try (Content read = remote().open(range, Optional.empty());
        Content next = stretches.after(read, received).orElseThrow().open()) {
      return next;
    }
  }

  private RemoteObject remote() {
    return new RemoteObject(
        object,
        URI.create("test://host/object"),
        "Stretcher/test",
        new RateLimit(OptionalLong.empty()),
        new StallWatch(Optional.empty(), System::nanoTime),
        new SpeedFloor(OptionalLong.empty(), System::nanoTime));
  }
}
