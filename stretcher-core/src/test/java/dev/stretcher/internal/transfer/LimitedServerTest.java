package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that let a client have few connections, or no ranges: curl's one request succeeds. */
class LimitedServerTest extends ParallelFixture {
  @ParameterizedTest
  @CsvSource({"1, 4, false", "1, 4, true", "2, 8, false", "1, 16, false"})
  void fewerConnectionsHaveToDo(int limit, int connections, boolean forbidden) throws Exception {
    RangedObject object = new RangedObject(SIZE).with(limited(limit, forbidden));

    download(object, connections, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(object.mostOpen()).isLessThanOrEqualTo(limit);
    assertThat(retries).isEmpty();
    assertThat(warnings)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each).contains("too many connections"));
  }

  private static RangedObject.Fate limited(int limit, boolean forbidden) {
    Semaphore places = new Semaphore(limit);
    return (range, body) -> {
      if (!places.tryAcquire()) {
        throw forbidden
            ? new AccessDeniedException("it", null, "too many connections")
            : new IOException("too many connections");
      }
      return new Occupying(body, places);
    };
  }

  @Test
  void oneConnectionIsTriedWhereAllOfSeveralAreRefused() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  if (range.last().isPresent() && range.first() > 0) {
                    refused.incrementAndGet();
                    throw new IOException("HTTP 503");
                  }
                  return body;
                });

    download(object, 4, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).last().isEqualTo(ByteRange.from(4 << 20));
    assertThat(refused.get()).isPositive();
    assertThat(warnings).last().asString().startsWith("1: ");
  }

  @Test
  void aServerThatIsDownForAllIsGivenUp() {
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  if (range.first() > 0) {
                    throw new IOException("HTTP 503");
                  }
                  return body;
                });

    assertThatThrownBy(() -> download(object, 4, 2).run()).hasMessage("HTTP 503");
    assertThat(retries).hasSize(2);
    // The beginning, at most four parts, and one connection thrice.
    assertThat(object.asked()).hasSizeBetween(1 + 1 + 3, 1 + 4 + 3);
  }

  @Test
  void connectionsThatEndEachOtherBecomeFewer() throws Exception {
    AtomicInteger open = new AtomicInteger();
    RangedObject object = new RangedObject(SIZE).with((range, body) -> new Jealous(body, open));

    download(object, 4, 3).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).hasSizeLessThan(3).isNotEmpty().containsOnly("connection reset");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void rangesThatFailAgainAndAgainAreNotAskedForAnyMore(int connections) throws Exception {
    AtomicBoolean broken = new AtomicBoolean(connections == 4);
    RangedObject object = new RangedObject(SIZE).withoutRanges();
    object.with(
        (range, body) -> {
          ByteRange asked = object.asked().get(object.asked().size() - 1);
          if (!asked.isAll()) {
            throw new IOException("HTTP 500");
          }
          return broken.compareAndSet(false, true)
              ? new SequenceInputStream(
                  new ByteArrayInputStream(body.readNBytes(1_000_000)), new Broken())
              : body;
        });

    download(object, connections, 3).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).last().isEqualTo(ByteRange.ALL);
  }

  @Test
  void moreThanTheRangeThatWasAskedForIsNotBelieved() throws Exception {
    RangedObject object = new RangedObject(SIZE);
    object.with(
        (range, body) ->
            range.last().isPresent()
                ? new SequenceInputStream(body, new ByteArrayInputStream(new byte[100_000]))
                : body);

    download(object, 4, 0).run();

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).containsExactly(range(0, (4 << 20) - 1), ByteRange.ALL);
  }

  /** Takes a place until it is closed. */
  private static final class Occupying extends FilterInputStream {
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Semaphore places;

    Occupying(InputStream in, Semaphore places) {
      super(in);
      this.places = places;
    }

    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        places.release();
      }
    }
  }

  /** Is reset while another one is open. */
  private static final class Jealous extends FilterInputStream {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger open;

    Jealous(InputStream in, AtomicInteger open) {
      super(in);
      this.open = open;
      open.incrementAndGet();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (open.get() > 1) {
        throw new IOException("connection reset");
      }
      return super.read(target, offset, length);
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        open.decrementAndGet();
      }
    }
  }

  /** Has nothing but a failure. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }
  }
}
