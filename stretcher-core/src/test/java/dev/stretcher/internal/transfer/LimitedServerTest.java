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

    download(object, connections, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(object.mostOpen()).isLessThanOrEqualTo(limit);
    assertThat(retries).isEmpty();
    assertThat(warnings).singleElement().asString().contains("too many connections");
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

    download(object, 4, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).last().isEqualTo(ByteRange.from(4 << 20));
    assertThat(refused.get()).isPositive();
    assertThat(warnings).last().asString().startsWith("1: ");
  }

  @Test
  void aServerThatIsDownForAllIsGivenUp() {
    AtomicInteger asked = new AtomicInteger();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  if (asked.incrementAndGet() > 1) {
                    throw new IOException("HTTP 503");
                  }
                  return body;
                });

    assertThatThrownBy(() -> download(object, 4, 2).run(kept)).hasMessage("HTTP 503");
    // Over four connections, over one for three times, and without a range.
    assertThat(retries).hasSize(4).containsOnly("HTTP 503");
    // The beginning, at most four parts, one connection thrice, and the whole.
    assertThat(object.asked()).hasSizeBetween(1 + 1 + 3 + 1, 1 + 4 + 3 + 1);
  }

  @Test
  void aServerThatDropsAllRangesIsReadInOneGoByTheLastRetry() throws Exception {
    RangedObject object = new RangedObject(SIZE).with(LimitedServerTest::dropped);

    download(object, 4, 2).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    ByteRange beginning = range(0, (4 << 20) - 1);
    assertThat(object.asked()).containsExactly(beginning, beginning, ByteRange.ALL);
  }

  private static InputStream dropped(ByteRange range, InputStream body) throws IOException {
    if (!range.isAll()) {
      throw new IOException("connection reset");
    }
    return body;
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "4, 2", "1, 2"})
  void aServerThatDropsAllRangesButTheFirstIsReadInOneGoAtTheEnd(int connections, int retry)
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  boolean first = asked.incrementAndGet() == 1;
                  return first && range.isAll()
                      ? breaking(body)
                      : first ? body : dropped(range, body);
                });

    download(object, connections, retry).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).last().isEqualTo(ByteRange.ALL);
    assertThat(object.asked())
        .filteredOn(range -> range.equals(ByteRange.from(4 << 20)))
        .hasSizeLessThan(retry + 2);
  }

  @Test
  void aConnectionThatBreaksOnItsWayIsNoReasonToStartOver() {
    RangedObject object = new RangedObject(SIZE).with((range, body) -> breaking(body));

    assertThatThrownBy(() -> download(object, 1, 2).run(kept)).hasMessage("connection reset");
    assertThat(object.asked())
        .containsExactly(ByteRange.ALL, ByteRange.from(1_000_000), ByteRange.from(2_000_000));
  }

  @Test
  void connectionsThatEndEachOtherBecomeFewer() throws Exception {
    AtomicInteger open = new AtomicInteger();
    RangedObject object = new RangedObject(SIZE).with((range, body) -> new Jealous(body, open));

    download(object, 4, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly("connection reset");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aServerThatStartsAgainKeepsItsRanges(int connections) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  int number = asked.incrementAndGet();
                  if (number <= 2 || number == 4) {
                    throw new IOException("no connection");
                  }
                  return number == 3 ? breaking(body) : body;
                });

    download(object, connections, 5).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(object.asked().subList(3, object.asked().size()))
        .allSatisfy(range -> assertThat(range.first()).isPositive());
  }

  @Test
  void aBeginningIsNotThrownAwayForOneRefusal() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    RangedObject object = new RangedObject(SIZE);
    object.with(
        (range, body) -> {
          object.serveRanges(asked.incrementAndGet() != 1);
          return asked.get() == 1 ? breaking(body) : body;
        });

    download(object, 1, 1).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(object.asked())
        .containsExactly(ByteRange.ALL, ByteRange.from(1_000_000), ByteRange.from(1_000_000));
    assertThat(retries)
        .containsExactly(
            "connection reset",
            "the object from byte 1000000 on was asked for, and all of it was answered");
  }

  @Test
  void aServerWithoutRangesStartsOver() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    RangedObject object =
        new RangedObject(SIZE)
            .withoutRanges()
            .with((range, body) -> broken.getAndSet(true) ? body : breaking(body));

    download(object, 1, 1).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(kept.begins()).isEqualTo(2);
    assertThat(object.asked()).last().isEqualTo(ByteRange.ALL);
  }

  @Test
  void aSourceThatAnswersAllByAPartIsGivenUp() {
    RangedObject object = new RangedObject(SIZE).alwaysFrom(1);

    assertThatThrownBy(() -> download(object, 4, 2).run(kept)).hasMessageContaining("byte 1");
    // The range, and all of it thrice.
    assertThat(object.asked()).hasSize(4);
  }

  @Test
  void oneFaultCostsNoConnection() throws Exception {
    AtomicBoolean fault = new AtomicBoolean();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  if (range.first() > 0 && !fault.getAndSet(true)) {
                    throw new IOException("HTTP 500");
                  }
                  return body;
                });

    download(object, 4, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(fault).isTrue();
    assertThat(retries).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPartOfAnotherVersionIsNotBelieved(boolean sameLength) throws Exception {
    AtomicBoolean replaced = new AtomicBoolean();
    RangedObject object = new RangedObject(SIZE).deafToVersions();
    object.with(
        (range, body) -> {
          if (!replaced.getAndSet(true)) {
            object.replace(sameLength ? SIZE : SIZE + 1);
          }
          return body;
        });

    download(object, 4, 1).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(retries).containsExactly("the object was replaced while it was fetched");
  }

  @Test
  void aWaitThatIsNoRetryIsToldToo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    RangedObject object =
        new RangedObject(SIZE)
            .with(
                (range, body) -> {
                  if (asked.incrementAndGet() == 1 || range.last().isEmpty()) {
                    return body;
                  }
                  throw new IOException("HTTP 503");
                });

    download(object, 4, 0).run(kept);

    assertThat(retries).containsExactly("HTTP 503");
    assertThat(warnings).containsExactly("1: HTTP 503");
  }

  private static InputStream breaking(InputStream body) throws IOException {
    return new SequenceInputStream(
        new ByteArrayInputStream(body.readNBytes(1_000_000)), new Broken());
  }

  @Test
  void moreThanTheRangeThatWasAskedForIsNotBelieved() throws Exception {
    RangedObject object = new RangedObject(SIZE);
    object.with(
        (range, body) ->
            range.last().isPresent()
                ? new SequenceInputStream(body, new ByteArrayInputStream(new byte[100_000]))
                : body);

    download(object, 4, 0).run(kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).first().isEqualTo(range(0, (4 << 20) - 1));
    assertThat(object.asked()).last().isEqualTo(ByteRange.ALL);
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
