package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.MalformedEventException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the engine relies on in an {@link EventSource}. The test of a source extends this class.
 *
 * <p>It opens the source before or after it sends events, and only for {@link Capability#IDS} and
 * {@link Capability#UNHANDLED_AGAIN} more than once, each time after it closed the one before.
 */
@Timeout(120)
public abstract class EventSourceContract {
  /** What a source is able to do beyond delivering one event that is there. */
  public enum Capability {
    /** It delivers all events, and not only one. */
    SEVERAL,
    /** It waits for events that are not there yet. */
    WAITS,
    /** Its events have IDs, by which a host knows an event that comes again. */
    IDS,
    /** An event that nobody handled comes again when the source is opened again. */
    UNHANDLED_AGAIN,
    /** It can receive what is not an event, by {@link #sendMalformed}. */
    MALFORMED
  }

  private static final URI ONE = URI.create("https://example.com/one.yml");
  private static final URI TWO = URI.create("s3://bucket/two%20words.yml#sha256=" + "0".repeat(64));

  private final List<EventSource> opened = new ArrayList<>();

  /** Opens the source under test. */
  protected abstract EventSource open() throws Exception;

  /** Sends an event that asks for the deploy of {@code manifest}; a new event at each call. */
  protected abstract void send(URI manifest) throws Exception;

  /** Returns what the source is able to do. */
  protected abstract Set<Capability> capabilities();

  /**
   * Lets the event that was sent last be delivered once more, as a source may after a restart; for
   * {@link Capability#IDS}.
   */
  protected void sendAgain() throws Exception {
    throw new UnsupportedOperationException("a source with IDs overrides sendAgain");
  }

  /** Sends what is not an event, for {@link Capability#MALFORMED}. */
  protected void sendMalformed() throws Exception {
    throw new UnsupportedOperationException("a source of MALFORMED overrides sendMalformed");
  }

  @AfterEach
  void close() throws Exception {
    for (EventSource source : opened) {
      source.close();
    }
  }

  @Test
  public void hasANameInOneLine() throws Exception {
    send(ONE);

    assertThat(source().name()).isNotBlank().doesNotContain("\n");
  }

  @Test
  public void deliversAnEventThatIsThere() throws Exception {
    send(ONE);

    assertThat(source().next()).map(DeployRequest::manifest).contains(ONE);
  }

  @Test
  public void leavesTheUrlAsItIs() throws Exception {
    send(TWO);

    assertThat(source().next()).map(DeployRequest::manifest).contains(TWO);
  }

  @Test
  public void deliversEachEventOnce() throws Exception {
    assumeTrue(can(Capability.SEVERAL), "the source has one event");
    send(ONE);
    send(TWO);
    EventSource source = source();

    assertThat(List.of(next(source).manifest(), next(source).manifest()))
        .containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  public void waitsForAnEvent() throws Exception {
    assumeTrue(can(Capability.WAITS), "the source does not wait");
    Waiting waiting = Waiting.on(source());

    send(ONE);

    assertThat(waiting.result()).map(DeployRequest::manifest).contains(ONE);
  }

  @Test
  public void anInterruptEndsTheWaitAndLosesNoEvent() throws Exception {
    assumeTrue(can(Capability.WAITS), "the source does not wait");
    EventSource source = source();
    Waiting waiting = Waiting.on(source);

    waiting.thread().interrupt();

    assertThatThrownBy(waiting::result).isInstanceOf(InterruptedException.class);
    send(ONE);
    assertThat(source.next()).map(DeployRequest::manifest).contains(ONE);
  }

  @Test
  public void takesNoEventInAThreadThatIsInterrupted() throws Exception {
    send(ONE);
    EventSource source = source();
    Thread.currentThread().interrupt();

    assertThatThrownBy(source::next).isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(source.next()).map(DeployRequest::manifest).contains(ONE);
  }

  @Test
  public void anEventThatComesAgainHasTheSameIdAndNoOtherHasIt() throws Exception {
    assumeTrue(can(Capability.IDS), "the events have no IDs");
    send(ONE);
    Optional<String> first = idOfNext();
    sendAgain();
    Optional<String> again = idOfNext();
    send(ONE);
    Optional<String> second = idOfNext();

    assertThat(first).isPresent().isEqualTo(again);
    assertThat(second).isPresent().isNotEqualTo(first);
  }

  @Test
  public void refusesWhatIsNotAnEventAndGoesOnBehindIt() throws Exception {
    assumeTrue(can(Capability.MALFORMED), "the source cannot receive anything else");
    sendMalformed();
    EventSource source = source();

    assertThatThrownBy(source::next)
        .isInstanceOf(MalformedEventException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
    if (can(Capability.SEVERAL)) {
      send(ONE);
      assertThat(source.next()).map(DeployRequest::manifest).contains(ONE);
    }
  }

  @Test
  public void anEventComesAgainUntilItIsHandled() throws Exception {
    assumeTrue(can(Capability.UNHANDLED_AGAIN), "the source cannot hand out an event again");
    send(ONE);
    DeployRequest cancelled;
    try (EventSource source = open()) {
      cancelled = next(source);
    }
    try (EventSource source = open()) {
      DeployRequest again = next(source);
      assertThat(again).isEqualTo(cancelled);
      source.handled(again);
    }

    send(TWO);

    assertThat(source().next()).map(DeployRequest::manifest).contains(TWO);
  }

  @Test
  public void mayBeClosedTwice() throws Exception {
    EventSource source = source();

    source.close();
    source.close();
  }

  private EventSource source() throws Exception {
    EventSource source = open();
    opened.add(source);
    return source;
  }

  private static DeployRequest next(EventSource source) throws Exception {
    return source.next().orElseThrow();
  }

  private Optional<String> idOfNext() throws Exception {
    try (EventSource source = open()) {
      DeployRequest request = next(source);
      source.handled(request);
      return request.eventId();
    }
  }

  private boolean can(Capability capability) {
    return capabilities().contains(capability);
  }

  /** A thread that waits for an event. */
  private record Waiting(Thread thread, CompletableFuture<Optional<DeployRequest>> event) {
    /** Starts the thread, and returns when it waits, as far as that can be seen. */
    static Waiting on(EventSource source) {
      CompletableFuture<Optional<DeployRequest>> event = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  event.complete(source.next());
                } catch (Exception e) {
                  event.completeExceptionally(e);
                }
              });
      thread.start();
      // One that waits in a system call seems to run, so that there is no more to see.
      long enough = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
      while (thread.getState() == Thread.State.RUNNABLE && System.nanoTime() < enough) {
        Thread.onSpinWait();
      }
      return new Waiting(thread, event);
    }

    Optional<DeployRequest> result() throws Exception {
      try {
        return event.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
