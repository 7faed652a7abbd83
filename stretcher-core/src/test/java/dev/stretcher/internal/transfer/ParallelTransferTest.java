package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.ByteRange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Large objects over several connections, connections that stall, and servers that want a pause.
 */
class ParallelTransferTest extends ParallelFixture {
  @Test
  void bringsTheBytesInTheirOrder() throws Exception {
    RangedObject object = new RangedObject(SIZE);

    assertThat(download(object, 4, 0).run(kept).bytes()).isEqualTo(SIZE);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(object.asked()).hasSize(1 + 4).first().isEqualTo(range(0, (4 << 20) - 1));
    assertThat(object.mostOpen()).isBetween(2, 4);
    assertThat(object.open()).isZero();
  }

  @Test
  void oneConnectionAsksForAllAtOnce() throws Exception {
    RangedObject object = new RangedObject(SIZE);

    download(object, 1, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).containsExactly(ByteRange.ALL);
  }

  @Test
  void aSmallObjectIsOneRequest() throws Exception {
    RangedObject object = new RangedObject(1_000);

    download(object, 4, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).hasSize(1);
  }

  @Test
  void aSourceWithoutRangesIsReadInOneGo() throws Exception {
    RangedObject object = new RangedObject(SIZE).withoutRanges();

    download(object, 4, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).hasSize(1);
  }

  @Test
  void withoutAVersionAllIsAskedForAgain() throws Exception {
    RangedObject object = new RangedObject(SIZE).withoutValidators();

    download(object, 4, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).containsExactly(range(0, (4 << 20) - 1), ByteRange.ALL);
    assertThat(retries).isEmpty();
  }

  @Test
  void withoutALengthAllIsAskedForAgain() throws Exception {
    RangedObject object = new RangedObject(SIZE).withoutLength();

    download(object, 4, 0).run(kept);

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

    download(object, 4, 1).run(kept);

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

    assertThatThrownBy(() -> download(object, 4, 0).run(kept))
        .hasMessageContaining("a bug of the source");
    assertThat(object.open()).isZero();
  }

  @Test
  void withoutRetriesABrokenPartIsTheFailure() {
    RangedObject object =
        new RangedObject(SIZE)
            .with((range, body) -> range.first() == 0 ? body : new Breaking(body, 77));

    assertThatThrownBy(() -> download(object, 4, 0).run(kept)).hasMessage("connection reset");
    assertThat(object.open()).isZero();
  }

  @Test
  void anObjectThatIsReplacedBeforeItsOtherPartsIsFetchedAnew() throws Exception {
    AtomicBoolean replaced = new AtomicBoolean();
    RangedObject object = new RangedObject(SIZE);
    object.with(
        (range, body) -> {
          if (range.first() == 0 && replaced.compareAndSet(false, true)) {
            object.replace();
          }
          return body;
        });

    download(object, 4, 1).run(kept);

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
                download(object, 3, 0).run(kept);
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
}
