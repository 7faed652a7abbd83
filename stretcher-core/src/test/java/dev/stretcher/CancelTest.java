package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt is a cancel, in whatever form a plug-in reports it. */
class CancelTest extends StretcherFixture {
  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  private void assertCancelled(Stretcher.Builder builder) {
    Stretcher stretcher = builder.build();

    assertThatThrownBy(() -> stretcher.deploy(MANIFEST)).isInstanceOf(InterruptedException.class);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
    assertThat(events).doesNotHaveAnyElementsOfTypes(DeployEvent.Failed.class);
  }

  private static ClosedByInterruptException channelClosed() {
    Thread.currentThread().interrupt();
    return new ClosedByInterruptException();
  }

  @Test
  void aRunnerThatThrowsWhatItsChannelThrew() {
    putApp("commands: {pre: [a], failure: [b]}");

    assertCancelled(
        stretcher()
            .hookRunner(
                hook -> {
                  throw channelClosed();
                }));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aRunnerThatReturnsTheStatusOfWhatItEnded() {
    putApp("commands: {pre: [a], failure: [b]}");

    assertCancelled(
        stretcher()
            .hookRunner(
                hook -> {
                  Thread.currentThread().interrupt();
                  return 143;
                }));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aRunnerOfACommandThatIsToldOfTheSuccess() {
    putApp("commands: {success: [a, b]}");

    assertCancelled(
        stretcher()
            .hookRunner(
                hook -> {
                  throw new IOException("cannot log", channelClosed());
                }));
    assertThat(events).hasAtLeastOneElementOfType(DeployEvent.Succeeded.class);
  }

  @Test
  void anEventSourceThatThrowsWhatItsChannelThrew() {
    EventSource source =
        new EventSource() {
          @Override
          public String name() {
            return "a channel";
          }

          @Override
          public Optional<DeployRequest> next() throws IOException {
            throw channelClosed();
          }
        };

    assertThatThrownBy(() -> stretcher().build().deployNext(source))
        .isInstanceOf(InterruptedException.class);
    assertThat(events).doesNotHaveAnyElementsOfTypes(DeployEvent.NotStarted.class);
  }

  /** Sends nothing until it is closed, and fails to close. */
  private static final class Stubborn implements Source {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread deploying = Thread.currentThread();

    @Override
    public Set<String> schemes() {
      return Set.of("mem");
    }

    @Override
    public Content open(URI uri, FetchRequest request) {
      InputStream body =
          new InputStream() {
            @Override
            public int read() throws IOException {
              deploying.interrupt();
              while (closed.getCount() > 0) {
                Thread.onSpinWait();
              }
              throw new IOException("closed");
            }

            @Override
            public void close() throws IOException {
              closed.countDown();
              throw new IOException("cannot be closed");
            }
          };
      return new Content(
          body, ByteRange.from(0), OptionalLong.empty(), Optional.empty(), Optional.empty());
    }
  }

  @Test
  void aSourceThatCannotBeClosed() {
    assertCancelled(stretcher().source(new Stubborn()));
  }

  @Test
  void aThreadThatIsInterruptedBeforeDeploysNothing() {
    putApp("");
    Thread.currentThread().interrupt();

    assertCancelled(stretcher());

    assertThat(memory.opened()).isEmpty();
  }

  @Test
  void anInterruptThatComesTooLateLeavesTheResultTheLedgerAndTheThreadInterrupted()
      throws Exception {
    putApp("");
    Ledger ledger = Ledger.in(directory.resolve("state"));
    Thread deploying = Thread.currentThread();

    stretcher()
        .ledger(ledger)
        .listener(
            event -> {
              if (event instanceof DeployEvent.Succeeded) {
                deploying.interrupt();
              }
            })
        .build()
        .deploy(MANIFEST);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(events).last().isInstanceOf(DeployEvent.Done.class);
    assertThat(ledger.records())
        .extracting(LedgerRecord::outcome)
        .containsExactly(LedgerRecord.Outcome.SUCCEEDED);
  }

  @Test
  void aFailureThatWasToldIsInTheLedgerAlsoIfAnInterruptFollows() throws Exception {
    putApp("commands: {pre: [a]}");
    Ledger ledger = Ledger.in(directory.resolve("state"));
    Thread deploying = Thread.currentThread();

    assertThatThrownBy(
            () ->
                stretcher()
                    .ledger(ledger)
                    .hookRunner(hook -> 1)
                    .listener(
                        event -> {
                          if (event instanceof DeployEvent.Failed) {
                            deploying.interrupt();
                          }
                        })
                    .build()
                    .deploy(MANIFEST))
        .isInstanceOf(StretcherException.HookFailed.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ledger.records()).hasSize(1);
  }

  @Test
  void aCancelledDeployIsInTheLedgerAndItsEventIsDeployedWhenItComesAgain() throws Exception {
    putApp("commands: {pre: [a]}");
    Ledger ledger = Ledger.in(directory.resolve("state"));
    DeployRequest event =
        new DeployRequest(MANIFEST, new DeployRequest.Consul("some-id", "deploy", 1));

    assertThatThrownBy(
            () ->
                stretcher()
                    .ledger(ledger)
                    .hookRunner(
                        hook -> {
                          throw new InterruptedException("as after an interrupt");
                        })
                    .build()
                    .deployNext(always(event)))
        .isInstanceOf(InterruptedException.class);
    Optional<Deployment> again =
        stretcher().ledger(ledger).hookRunner(hook -> 0).build().deployNext(always(event));
    Optional<Deployment> third =
        stretcher().ledger(ledger).hookRunner(hook -> 0).build().deployNext(always(event));

    assertThat(again).containsInstanceOf(Deployment.OfArchive.class);
    assertThat(third).isEmpty();
    assertThat(ledger.records())
        .extracting(LedgerRecord::outcome)
        .containsExactly(LedgerRecord.Outcome.CANCELLED, LedgerRecord.Outcome.SUCCEEDED);
    assertThat(ledger.records().get(0).dest()).contains(directory.resolve("app").toString());
  }

  @Test
  @Timeout(60)
  void aLedgerThatSomeoneHoldsDoesNotKeepACancelledDeploy() throws Exception {
    // Without a dest nothing asks the ledger before the end.
    memory.put("/app.yml", "commands: {pre: [a]}");
    Path state = Files.createDirectory(directory.resolve("state"));
    Files.writeString(state.resolve("ledger.jsonl"), "damaged\n");
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread holding = new Thread(() -> hold(Ledger.in(state), held, release));
    holding.start();
    held.await();
    try {
      assertCancelled(
          stretcher()
              .ledger(Ledger.in(state))
              .hookRunner(
                  hook -> {
                    throw new InterruptedException("as after an interrupt");
                  }));
    } finally {
      release.countDown();
      holding.join();
    }

    assertThat(events)
        .anyMatch(event -> event.message().startsWith("the ledger could not be written within"));
  }

  /** What a ledger warns of, it says while it is locked. */
  private static void hold(Ledger ledger, CountDownLatch held, CountDownLatch release) {
    try {
      ledger
          .warning(
              text -> {
                held.countDown();
                Interrupts.remembered(
                    () -> {
                      release.await();
                      return text;
                    });
              })
          .records();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCancelWhileTheManifestIsFetchedIsInTheLedgerToo() throws Exception {
    Ledger ledger = Ledger.in(directory.resolve("state"));
    memory.put("/app.yml", "commands: {pre: [a]}");

    assertThatThrownBy(
            () ->
                stretcher()
                    .ledger(ledger)
                    .listener(
                        event -> {
                          if (event instanceof DeployEvent.LoadingUrl) {
                            Thread.currentThread().interrupt();
                          }
                        })
                    .build()
                    .deploy(MANIFEST))
        .isInstanceOf(InterruptedException.class);

    assertThat(ledger.records())
        .extracting(LedgerRecord::outcome)
        .containsExactly(LedgerRecord.Outcome.CANCELLED);
  }

  @Test
  void aDeployThatWasCancelledSupersedesNoOther() throws Exception {
    putApp("commands: {pre: [a]}");
    Ledger ledger = Ledger.in(directory.resolve("state"));
    DeployRequest newer = new DeployRequest(MANIFEST, new DeployRequest.Consul("2", "deploy", 2));
    DeployRequest older = new DeployRequest(MANIFEST, new DeployRequest.Consul("1", "deploy", 1));

    assertThatThrownBy(
            () ->
                stretcher()
                    .ledger(ledger)
                    .hookRunner(
                        hook -> {
                          throw new InterruptedException("as after an interrupt");
                        })
                    .build()
                    .deployNext(always(newer)))
        .isInstanceOf(InterruptedException.class);

    assertThat(stretcher().ledger(ledger).hookRunner(hook -> 0).build().deployNext(always(older)))
        .containsInstanceOf(Deployment.OfArchive.class);
  }

  private static EventSource always(DeployRequest event) {
    return new EventSource() {
      @Override
      public String name() {
        return "a test";
      }

      @Override
      public Optional<DeployRequest> next() {
        return Optional.of(event);
      }
    };
  }
}
