package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stretcher.contract.Condition;
import dev.stretcher.sources.FaultProxy.Fault;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A download through a bad network ends with the right bytes or with a clear error. {@code
 * -Dstretcher.cuts=N} tries more places to cut a connection at, {@code -Dstretcher.seed=N} others.
 */
abstract class BadNetwork {
  /** More than one connection fetches before it uses others. */
  static final byte[] OBJECT = new byte[8_000_000];

  private static final long SEED = Long.getLong("stretcher.seed", System.nanoTime());
  private static final int CUTS = Integer.getInteger("stretcher.cuts", 1);

  static {
    System.out.println("BadNetwork: -Dstretcher.seed=" + SEED);
    new SplittableRandom(SEED).nextBytes(OBJECT);
  }

  private final Fetching fetching = new Fetching();
  private FaultProxy proxy;
  private Source source;
  private URI uri;

  /** Returns the port of the server. */
  abstract int port();

  /** Returns a source that goes through a proxy. */
  abstract Source through(FaultProxy proxy);

  /** Returns the URL of {@link #OBJECT}. */
  abstract URI uri(FaultProxy proxy);

  @BeforeEach
  void connect() throws IOException {
    proxy = new FaultProxy(port());
    source = through(proxy);
    uri = uri(proxy);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    source.close();
    Condition.await(() -> proxy.open() == 0);
    proxy.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("stretcher-fetch"));
  }

  static Stream<Arguments> cuts() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    IntStream places =
        IntStream.concat(
            IntStream.of(0, 150, (4 << 20) + 200), random.ints(CUTS, 0, OBJECT.length));
    return places.boxed().flatMap(at -> Stream.of(Arguments.of(at, 1), Arguments.of(at, 4)));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aCutIsMendedByARetry(int after, int connections) throws Exception {
    proxy.fault(Fault.cutAfter(after), 1);

    assertFetched(1, connections);
    assertThat(fetching.retries()).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void withoutRetriesACutIsAnError(int after, int connections) {
    proxy.fault(Fault.cutAfter(after), 99);

    Throwable failure = catchThrowable(() -> fetching.fetch(source, uri, 0, connections));

    // With several connections none may get as far.
    if (connections > 1 && failure == null) {
      assertThat(fetching.bytes()).isEqualTo(OBJECT);
    } else {
      assertTransient(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aStallIsMendedByARetry(int connections) throws Exception {
    proxy.fault(Fault.stallAfter(3_000_000), 1);

    assertFetched(1, connections);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void withoutRetriesAStallIsAnError(int connections) {
    proxy.fault(Fault.stallAfter(3_000_000), 99);

    assertStalls(0, connections);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aServerThatOnlyAcceptsConnectionsStalls(int connections) {
    proxy.fault(Fault.stallAfter(0), 99);

    assertStalls(1, connections);
    assertThat(fetching.retries()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatIsKeptIsWhatCame(int connections) throws Exception {
    proxy.fault(Fault.corrupt(1_000_000), 1);

    fetching.fetch(source, uri, 0, connections);

    // So that its digest is another one.
    assertThat(fetching.bytes()).hasSameSizeAs(OBJECT).isNotEqualTo(OBJECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void smallPiecesAreBytesToo(int connections) throws Exception {
    proxy.fault(Fault.drip(1_447), 99);

    assertFetched(0, connections);
  }

  @Test
  void eachConnectionThatBreaksCostsARetry() throws Exception {
    proxy.fault(Fault.cutAfter(2_200_000), 3);

    assertFetched(3, 1);
    assertThat(fetching.retries()).hasSize(3);
  }

  private void assertFetched(int retries, int connections) throws Exception {
    fetching.fetch(source, uri, retries, connections);
    assertThat(fetching.bytes()).isEqualTo(OBJECT);
  }

  private void assertStalls(int retries, int connections) {
    assertThatThrownBy(() -> fetching.fetch(source, uri, retries, connections))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("nothing came for 1s; ");
  }

  private static void assertTransient(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(IOException.class)
        .isNotInstanceOfAny(NoSuchFileException.class, AccessDeniedException.class);
    assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
  }
}
