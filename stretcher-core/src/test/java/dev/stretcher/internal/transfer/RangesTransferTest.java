package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.internal.transfer.Transfer.OtherVersionException;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges and ends of an object: what comes, and what is asked for. */
class RangesTransferTest extends ParallelFixture {
  private static final List<ByteRange> RANGES =
      List.of(
          range(0, 9),
          range(100, 3_000_000),
          range(5_000_000, 5_000_000),
          range(6_000_000, 9_999_999));

  private final RangedObject object = new RangedObject(SIZE);

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void rangesComeOneBehindTheOther(int connections) throws Exception {
    assertThat(ranges(connections, 0, RANGES)).isEmpty();

    assertThat(kept.bytes()).isEqualTo(expected());
    assertThat(object.mostOpen()).isLessThanOrEqualTo(connections);
    assertThat(object.open()).isZero();
  }

  @Test
  void eachSmallRangeIsOneRequest() throws Exception {
    List<ByteRange> small = List.of(range(5, 9), range(100, 900), range(70_000, 80_000));

    ranges(2, 0, small);

    assertThat(object.asked()).containsExactlyInAnyOrderElementsOf(small);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aBreakIsFollowedByTheRest(int connections) throws Exception {
    Set<Long> broken = ConcurrentHashMap.newKeySet();
    object.with(
        (range, body) ->
            range.first() > 100 && broken.add(1L)
                ? new SequenceInputStream(new ByteArrayInputStream(body.readNBytes(1)), failing())
                : body);

    assertThat(ranges(connections, 2, RANGES)).isEmpty();

    assertThat(kept.bytes()).isEqualTo(expected());
    assertThat(kept.begins()).isEqualTo(1);
    assertThat(retries).contains("connection reset");
  }

  @Test
  void aServerThatGivesFewConnectionsHasThem() throws Exception {
    Semaphore places = new Semaphore(1);
    object.with(
        (range, body) -> {
          if (!places.tryAcquire()) {
            throw new IOException("too many connections");
          }
          return new Releasing(body, places);
        });

    ranges(4, 0, RANGES);

    assertThat(kept.bytes()).isEqualTo(expected());
    assertThat(warnings).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theWholeObjectIsHandedOverAndNotAskedForTwice(int connections) throws Exception {
    object.with(
        (range, body) -> {
          object.serveRanges(false);
          return body;
        });
    Transfer transfer = transfer(object, connections, 2);

    Optional<Content> whole = transfer.ranges(RANGES, SIZE, Optional.of("1"), kept);
    int asked = object.asked().size();
    assertThat(object.open()).isEqualTo(1);
    transfer.rest(whole.orElseThrow(), kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).hasSize(asked);
    assertThat(object.open()).isZero();
    assertThat(retries).isEmpty();
  }

  @Test
  void anObjectThatWasReplacedComesWhole() throws Exception {
    object.replace(SIZE + 1);

    Optional<Content> whole = ranges(4, 2, RANGES);

    try (Content content = whole.orElseThrow()) {
      assertThat(content.validator()).contains("other");
      assertThat(content.body().readAllBytes()).isEqualTo(object.bytes());
    }
    assertThat(object.open()).isZero();
  }

  @Test
  void rangesOfAnotherVersionAreNotBelieved() {
    object.deafToVersions().replace();

    assertThatThrownBy(() -> ranges(2, 5, RANGES)).isInstanceOf(OtherVersionException.class);
    assertThat(retries).isEmpty();
    assertThat(object.open()).isZero();
  }

  @Test
  void rangesOfAnotherLengthAreNotBelieved() {
    object.withoutValidators().replace(SIZE + 1);

    assertThatThrownBy(() -> transfer(object, 2, 5).ranges(RANGES, SIZE, Optional.empty(), kept))
        .isInstanceOf(OtherVersionException.class);
  }

  @Test
  void anotherRangeIsNotBelieved() {
    object.alwaysFrom(3);

    assertThatThrownBy(() -> ranges(2, 5, RANGES)).isInstanceOf(UnusableRangeException.class);
    assertThat(retries).isEmpty();
    assertThat(object.open()).isZero();
  }

  @Test
  void aServerThatIsDownIsGivenUp() {
    AtomicInteger asked = new AtomicInteger();
    object.with(
        (range, body) -> {
          asked.incrementAndGet();
          throw new IOException("HTTP 503");
        });

    assertThatThrownBy(() -> ranges(4, 2, RANGES)).hasMessage("HTTP 503");
    // All of four connections, and one alone for three times.
    assertThat(asked.get()).isBetween(4, 4 + 3);
  }

  @Test
  void theEndOfAnObjectComes() throws Exception {
    Transfer.End end = transfer(object, 4, 0).end(1000);

    assertThat(end)
        .isInstanceOfSatisfying(
            Transfer.End.Bytes.class,
            bytes -> {
              assertThat(bytes.first()).isEqualTo(SIZE - 1000);
              assertThat(bytes.version()).contains("1");
              assertThat(bytes.bytes())
                  .isEqualTo(Arrays.copyOfRange(object.bytes(), SIZE - 1000, SIZE));
            });
    assertThat(object.open()).isZero();
  }

  @Test
  void theEndIsAskedForAgainWhenItBreaksOff() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    object.with((range, body) -> asked.getAndIncrement() == 0 ? failing() : body);

    assertThat(transfer(object, 4, 1).end(1000)).isInstanceOf(Transfer.End.Bytes.class);

    assertThat(retries).containsExactly("connection reset");
  }

  @Test
  void theWholeObjectMayComeInsteadOfTheEnd() throws Exception {
    object.serveRanges(false);
    Transfer transfer = transfer(object, 4, 0);

    Transfer.End end = transfer.end(1000);
    transfer.rest(((Transfer.End.Whole) end).content(), kept);

    assertThat(kept.bytes()).isEqualTo(object.bytes());
    assertThat(object.asked()).hasSize(1);
  }

  private Optional<Content> ranges(int connections, int retry, List<ByteRange> ranges)
      throws Exception {
    return transfer(object, connections, retry).ranges(ranges, SIZE, Optional.of("1"), kept);
  }

  private byte[] expected() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteRange range : RANGES) {
      int first = (int) range.first();
      all.write(object.bytes(), first, (int) range.last().orElseThrow() - first + 1);
    }
    return all.toByteArray();
  }

  private static InputStream failing() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("connection reset");
      }
    };
  }

  /** Gives a place back when it is closed. */
  private static final class Releasing extends FilterInputStream {
    private final Semaphore places;
    private boolean closed;

    Releasing(InputStream in, Semaphore places) {
      super(in);
      this.places = places;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        places.release();
      }
    }
  }
}
