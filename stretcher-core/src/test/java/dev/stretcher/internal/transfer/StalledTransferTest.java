package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Servers that do not answer, stop to send, or want to be asked later. */
class StalledTransferTest extends ParallelFixture {
  private static final String STALL =
      "nothing came for 1s; see whether the server or the network hangs,"
          + " or raise the setting stall-timeout";

  @Test
  void aBodyThatStallsIsBrokenOffAndTriedAgain() throws Exception {
    AtomicBoolean stalled = new AtomicBoolean();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) ->
                    stalled.compareAndSet(false, true) ? new Hanging(new CountDownLatch(1)) : body);

    download(object, 1, 1).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly(STALL);
  }

  @Test
  void aPartThatStallsIsBrokenOffAndTriedAgain() throws Exception {
    AtomicBoolean stalled = new AtomicBoolean();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) ->
                    range.first() > 0 && stalled.compareAndSet(false, true)
                        ? new Hanging(new CountDownLatch(1))
                        : body);

    download(object, 4, 1).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly(STALL);
  }

  @Test
  void aServerThatDoesNotAnswerIsTriedAgain() throws Exception {
    AtomicBoolean stalled = new AtomicBoolean();
    RangedObject object =
        new RangedObject(1_000)
            .with(
                (range, body) -> {
                  if (stalled.compareAndSet(false, true)) {
                    new CountDownLatch(1).await();
                  }
                  return body;
                });

    download(object, 4, 1).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly(STALL);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    RangedObject object =
        new RangedObject(1_000)
            .with(
                (range, body) -> {
                  new CountDownLatch(1).await();
                  return body;
                });

    assertThatThrownBy(() -> download(object, 4, 1).run(kept))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(STALL);
    assertThat(retries).hasSize(1);
  }

  @Test
  void waitsAsLongAsTheServerWants() {
    RetryPolicy policy = new RetryPolicy(3, Duration.ofSeconds(1), new SplittableRandom(1));

    assertThat(policy.after(later(Duration.ofSeconds(77)), 1)).isEqualTo(Duration.ofSeconds(77));
    assertThat(policy.after(later(Duration.ofHours(77)), 1)).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.after(later(Duration.ZERO), 1)).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  private static RetryLaterException later(Duration wait) {
    return new RetryLaterException("busy", wait);
  }
}
