package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.RetryLaterException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Large objects over several connections, connections that stall, and servers that want a pause.
 */
class ParallelTransferTest {
  private static final int SIZE = 12_000_001;

  /** Slow enough for several connections to be worth it. */
  private static final long SLOW = 30_000_000;

  private final KeptBytes kept = new KeptBytes();
  private final List<String> retries = new CopyOnWriteArrayList<>();

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("stretcher-fetch"));
  }

  @Test
  void bringsTheBytesInTheirOrder() throws Exception {
    RangedObject object = new RangedObject(SIZE);

    assertThat(download(object, 4, 0).run().bytes()).isEqualTo(SIZE);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(object.asked()).hasSize(1 + 4).first().isEqualTo(range(0, (4 << 20) - 1));
    assertThat(object.mostOpen()).isBetween(2, 4);
    assertThat(object.open()).isZero();
  }

  @Test
  void oneConnectionAsksForAllAtOnce() throws Exception {
    RangedObject object = new RangedObject(SIZE);

    download(object, 1, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).containsExactly(ByteRange.ALL);
  }

  @Test
  void aSmallObjectIsOneRequest() throws Exception {
    RangedObject object = new RangedObject(1_000);

    download(object, 4, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).hasSize(1);
  }

  @Test
  void aSourceWithoutRangesIsReadInOneGo() throws Exception {
    RangedObject object = new RangedObject(SIZE).withoutRanges();

    download(object, 4, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).hasSize(1);
  }

  @Test
  void withoutAVersionAllIsAskedForAgain() throws Exception {
    RangedObject object = new RangedObject(SIZE).withoutValidators();

    download(object, 4, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).containsExactly(range(0, (4 << 20) - 1), ByteRange.ALL);
    assertThat(retries).isEmpty();
  }

  @Test
  void withoutALengthAllIsAskedForAgain() throws Exception {
    RangedObject object = new RangedObject(SIZE).withoutLength();

    download(object, 4, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).containsExactly(range(0, (4 << 20) - 1), ByteRange.ALL);
  }

  @Test
  void aPartThatBreaksIsFetchedAgainFromThere() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) ->
                    range.first() > 6_000_000 && broken.compareAndSet(false, true)
                        ? new Breaking(body, 1_000_000)
                        : body);

    download(object, 4, 1).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(retries).containsExactly("connection reset");
    assertThat(object.open()).isZero();
  }

  @Test
  void aSourceThatFailsUnexpectedlyIsAFailureToo() {
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  if (range.first() > 0) {
                    throw new IllegalStateException("a bug of the source");
                  }
                  return body;
                });

    assertThatThrownBy(() -> download(object, 4, 0).run())
        .hasMessageContaining("a bug of the source");
    assertThat(object.open()).isZero();
  }

  @Test
  void withoutRetriesABrokenPartIsTheFailure() {
    RangedObject object =
        new RangedObject(SIZE)
            .with((range, body) -> range.first() == 0 ? body : new Breaking(body, 77));

    assertThatThrownBy(() -> download(object, 4, 0).run()).hasMessage("connection reset");
    assertThat(object.open()).isZero();
  }

  @Test
  void anObjectThatIsReplacedBetweenItsPartsIsFetchedAnew() throws Exception {
    AtomicBoolean replaced = new AtomicBoolean();
    RangedObject object = new RangedObject(SIZE);
    object.with(
        (range, body) -> {
          if (range.first() > 5_000_000 && replaced.compareAndSet(false, true)) {
            object.replace();
          }
          return body;
        });

    download(object, 4, 1).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(2);
    assertThat(retries).containsExactly("the object was replaced while it was fetched");
  }

  @Test
  void anInterruptEndsAllConnections() throws Exception {
    CountDownLatch reading = new CountDownLatch(3);
    RangedObject object =
        new RangedObject(SIZE)
            .with((range, body) -> range.first() == 0 ? body : new Hanging(reading));
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              try {
                download(object, 3, 0).run();
              } catch (InterruptedException e) {
                interrupted.set(true);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    reading.await();

    thread.interrupt();
    thread.join();

    assertThat(interrupted).isTrue();
    assertThat(object.open()).isZero();
  }

  @Test
  void aBodyThatStallsIsBrokenOffAndTriedAgain() throws Exception {
    AtomicBoolean stalled = new AtomicBoolean();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) ->
                    stalled.compareAndSet(false, true) ? new Hanging(new CountDownLatch(1)) : body);

    download(object, 1, 1).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly("nothing came for 1s");
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

    download(object, 4, 1).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly("nothing came for 1s");
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

    download(object, 4, 1).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly("nothing came for 1s");
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

    assertThatThrownBy(() -> download(object, 4, 1).run())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("nothing came for 1s");
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

  private static ByteRange range(long first, long last) {
    return new ByteRange(first, OptionalLong.of(last));
  }

  private Download download(RangedObject object, int connections, int retry) {
    return new Download(
        new Transfer(
            object,
            URI.create("test://host/object"),
            new TransferSettings(
                "Stretcher/test",
                new RetryPolicy(retry, Duration.ZERO, new SplittableRandom(1)),
                OptionalLong.of(SLOW),
                connections,
                Optional.of(Duration.ofSeconds(1))),
            kept,
            new TransferListener() {
              @Override
              public void opening() {}

              @Override
              public void retrying(IOException cause, int attempt, Duration wait) {
                retries.add(cause.getMessage());
              }
            }),
        Optional.empty());
  }

  /** Breaks after some bytes. */
  private static final class Breaking extends FilterInputStream {
    private int left;

    Breaking(InputStream in, int after) {
      super(in);
      this.left = after;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("connection reset");
      }
      int count = super.read(target, offset, Math.min(length, left));
      left -= count;
      return count;
    }
  }

  /** Sends nothing until it is closed. */
  private static final class Hanging extends InputStream {
    private final CountDownLatch reading;
    private final CountDownLatch closed = new CountDownLatch(1);

    Hanging(CountDownLatch reading) {
      this.reading = reading;
    }

    @Override
    public int read() throws IOException {
      reading.countDown();
      boolean interrupted = false;
      while (true) {
        try {
          closed.await();
          break;
        } catch (InterruptedException e) {
          // As a socket, it does not heed that.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
