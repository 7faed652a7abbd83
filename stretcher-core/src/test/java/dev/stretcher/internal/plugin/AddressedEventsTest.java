package dev.stretcher.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.EventSourceProvider;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AddressedEventsTest {
  private static final DeployRequest EVENT =
      DeployRequest.of(URI.create("https://example.com/app.yml"), "post");

  private final CountDownLatch waits = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  @AfterEach
  void endThePlugIn() {
    free.countDown();
  }

  /** Ignores interrupts until it is freed. */
  private void hang() {
    waits.countDown();
    boolean done = false;
    while (!done) {
      try {
        free.await();
        done = true;
      } catch (InterruptedException e) {
        // Ignored, as some plug-ins do.
      }
    }
  }

  private class Board implements EventSource {
    @Override
    public String name() {
      return "board";
    }

    @Override
    public Optional<DeployRequest> next() throws InterruptedException {
      waits.countDown();
      free.await();
      return Optional.of(EVENT);
    }

    @Override
    public void close() throws IOException {
      closed.countDown();
    }
  }

  private static AddressedEvents events(EventSource source) {
    return events((address, environment) -> source);
  }

  private interface Opening {
    EventSource open(URI address, Map<String, String> environment);
  }

  private static AddressedEvents events(Opening opening) {
    EventSourceProvider provider =
        new EventSourceProvider() {
          @Override
          public Set<String> schemes() {
            return Set.of("board");
          }

          @Override
          public EventSource open(URI address, Map<String, String> environment) {
            return opening.open(address, environment);
          }
        };
    return new AddressedEvents(URI.create("board:/shop"), provider, Map.of());
  }

  private FutureTask<Optional<DeployRequest>> waiting(EventSource events) throws Exception {
    FutureTask<Optional<DeployRequest>> wait = new FutureTask<>(events::next);
    new Thread(wait).start();
    waits.await();
    return wait;
  }

  @Test
  void anEventThatIsNotGivenUpInTimeIsLeftAlone() throws Exception {
    AddressedEvents events =
        events(
            new Board() {
              @Override
              public void handled(DeployRequest request) {
                hang();
              }
            });
    free.countDown();
    events.next();
    CountDownLatch never = new CountDownLatch(1);
    AddressedEvents hanging =
        events(
            new Board() {
              @Override
              public void handled(DeployRequest request) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  closed.countDown();
                }
              }
            });
    hanging.next();

    events.handled(EVENT);
    assertThatThrownBy(() -> hanging.handled(EVENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("goes on after 5 s");
    assertThat(closed.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anotherThreadMayCloseThemWhileOneWaits() throws Exception {
    AddressedEvents events = events(new Board());
    FutureTask<Optional<DeployRequest>> wait = waiting(events);

    events.close();

    assertThatThrownBy(wait::get).hasMessageContaining("the events of board:/shop are closed");
    assertThat(closed.getCount()).isZero();
    assertThatThrownBy(events::next).hasMessageContaining("are closed");
  }

  @Test
  void aSourceThatOpensAfterTheyWereClosedIsClosedAsWell() throws Exception {
    AddressedEvents events =
        events(
            (address, environment) -> {
              hang();
              return new Board();
            });
    FutureTask<Optional<DeployRequest>> wait = waiting(events);

    events.close();
    free.countDown();

    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(wait::get).hasMessageContaining("are closed");
  }

  @Test
  void aPlugInThatIgnoresAnInterruptIsNotWaitedForAndItsEventIsTheNextOne() throws Exception {
    AddressedEvents events =
        events(
            new Board() {
              @Override
              public Optional<DeployRequest> next() {
                hang();
                return Optional.of(EVENT);
              }
            });
    Thread asking = Thread.currentThread();
    Thread interrupting =
        new Thread(
            () -> {
              try {
                waits.await();
                asking.interrupt();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    interrupting.start();

    assertThatThrownBy(events::next).isInstanceOf(InterruptedException.class);
    free.countDown();

    assertThat(events.next()).contains(EVENT);
  }

  @Test
  void aPlugInThatHangsWhenItIsClosedIsLeftAlone() throws Exception {
    AddressedEvents events =
        events(
            new Board() {
              @Override
              public Optional<DeployRequest> next() {
                return Optional.of(EVENT);
              }

              @Override
              public void close() {
                hang();
              }
            });
    assertThat(events.next()).contains(EVENT);

    assertThatThrownBy(events::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is left alone");
  }
}
