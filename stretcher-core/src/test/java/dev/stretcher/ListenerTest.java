package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Progress;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.HookOutput;
import dev.stretcher.spi.HookOutput.Stream;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.SyncTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners can rely on: order, threads, and the end of a deploy. */
@Timeout(60)
class ListenerTest extends StretcherFixture {
  /** Fails if it is called while it is called; its own fields need no lock. */
  private static final class Unshared implements DeployListener {
    private final AtomicInteger inside = new AtomicInteger();
    private final List<DeployEvent> heard = new ArrayList<>();
    private int most;

    @Override
    public void onEvent(DeployEvent event) {
      most = Math.max(most, inside.incrementAndGet());
      heard.add(event);
      Thread.onSpinWait();
      inside.decrementAndGet();
    }

    @Override
    public void onProgress(Progress progress) {
      onEvent(new DeployEvent.StillRunning(progress));
    }
  }

  @Test
  void theReportsOfADeployComeOneAtATimeAndInOrderBeforeItReturns() throws Exception {
    putApp("commands: {pre: [talk]}");
    Unshared listener = new Unshared();

    stretcher().listener(listener).hookRunner(chatty(4, 500)).build().deploy(MANIFEST);

    assertThat(listener.most).isEqualTo(1);
    List<String> lines =
        listener.heard.stream()
            .filter(DeployEvent.HookPrinted.class::isInstance)
            .map(DeployEvent::message)
            .toList();
    for (int thread = 0; thread < 4; thread++) {
      String prefix = thread + " ";
      assertThat(lines.stream().filter(line -> line.startsWith(prefix)))
          .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> prefix + i).toList());
    }
    assertThat(listener.heard).last().isInstanceOf(DeployEvent.Done.class);
  }

  @Test
  void aThreadOfTheDeployGoesOnWhileAnotherOneIsInAListener() throws Exception {
    putApp("commands: {pre: [talk]}");
    CountDownLatch otherPrinted = new CountDownLatch(1);
    List<String> heard = new CopyOnWriteArrayList<>();
    HookRunner two =
        hook -> {
          CountDownLatch inListener = new CountDownLatch(1);
          Thread first =
              new Thread(
                  () -> {
                    inListener.countDown();
                    hook.output().line(Stream.OUT, "waits");
                  });
          first.start();
          inListener.await();
          hook.output().line(Stream.OUT, "goes on");
          otherPrinted.countDown();
          first.join();
          return 0;
        };
    DeployListener waiting =
        event -> {
          if (event.message().equals("waits")) {
            await(otherPrinted);
          }
          heard.add(event.message());
        };

    stretcher().listener(waiting).hookRunner(two).build().deploy(MANIFEST);

    assertThat(heard).contains("waits", "goes on", "Done");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aListenerMayCallTheLibraryAndWaitForIt() throws Exception {
    putApp("");
    memory.put("/other.yml", "commands: {pre: [x]}");
    List<Object> inner = new CopyOnWriteArrayList<>();
    Stretcher[] itself = new Stretcher[1];
    DeployListener calling =
        event -> {
          if (event instanceof DeployEvent.Verified) {
            Thread other =
                new Thread(() -> inner.add(outcome(itself[0], URI.create("mem:/other.yml"))));
            other.start();
            join(other);
            inner.add(outcome(itself[0], URI.create("mem:/other.yml")));
          }
        };
    try (Stretcher stretcher = stretcher().hookRunner(h -> 0).listener(calling).build()) {
      itself[0] = stretcher;

      assertThat(stretcher.deploy(MANIFEST)).isInstanceOf(Deployment.OfArchive.class);
    }

    assertThat(inner).hasSize(2).hasOnlyElementsOfType(Deployment.OfCommands.class);
  }

  private static Object outcome(Stretcher stretcher, URI manifest) {
    try {
      return stretcher.deploy(manifest);
    } catch (StretcherException | InterruptedException e) {
      return e;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void aHangingListenerDoesNotKeepACancelledDeployAndHearsNothingLater(int waitingLines)
      throws Exception {
    putApp("commands: {success: [talk]}");
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    DeployListener hangs =
        event -> {
          if (event instanceof DeployEvent.HookPrinted) {
            hanging.countDown();
            await(never);
          }
        };
    Thread[] printing = new Thread[1];
    HookRunner printsInTheBackground =
        hook -> {
          printing[0] =
              daemon(
                  () -> {
                    hook.output().line(Stream.OUT, "hello");
                    hook.output().line(Stream.OUT, "late");
                  });
          hanging.await();
          for (int i = 0; i < waitingLines; i++) {
            hook.output().line(Stream.ERR, "waits");
          }
          throw new InterruptedException("as after an interrupt");
        };
    Stretcher stretcher = stretcher().listener(hangs).hookRunner(printsInTheBackground).build();
    List<Object> outcome = new CopyOnWriteArrayList<>();

    daemon(() -> outcome.add(outcome(stretcher, MANIFEST))).join();

    assertThat(outcome).singleElement().isInstanceOf(InterruptedException.class);
    int heard = events.size();
    never.countDown();
    printing[0].join();
    assertThat(events)
        .hasSize(heard)
        .last()
        .hasToString("HookPrinted[phase=SUCCESS, stream=OUT, line=hello]");
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void nothingComesAfterTheEndOfADeploy() throws Exception {
    putApp("commands: {success: [talk]}");
    HookOutput[] output = new HookOutput[1];
    HookRunner ends =
        hook -> {
          output[0] = hook.output();
          throw new InterruptedException("as after an interrupt");
        };
    DeployListener printing =
        event -> {
          if (event instanceof DeployEvent.Cancelled) {
            join(daemon(() -> output[0].line(Stream.OUT, "late")));
          }
        };
    Stretcher stretcher = stretcher().listener(printing).hookRunner(ends).build();

    assertThat(outcome(stretcher, MANIFEST)).isInstanceOf(InterruptedException.class);
    output[0].line(Stream.OUT, "later");

    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCancelThatHitsAListenerIsNotLost(boolean checked) {
    putApp("");
    DeployListener waiting =
        event -> {
          if (event instanceof DeployEvent.ExecutingManifest) {
            interruptedWait(checked);
          }
        };

    Object outcome = outcome(stretcher().listener(waiting).build(), MANIFEST);

    assertThat(outcome).isInstanceOf(InterruptedException.class);
    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
  }

  @Test
  void aThreadOfTheDeployIsStillInterruptedAfterAListener() throws Exception {
    putApp("commands: {pre: [talk]}");
    DeployListener waiting =
        event -> {
          if (event instanceof DeployEvent.HookPrinted) {
            interruptedWait(false);
          }
        };
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    HookRunner runner =
        hook -> {
          Thread pump =
              daemon(
                  () -> {
                    hook.output().line(Stream.OUT, "x");
                    interrupted.add(Thread.currentThread().isInterrupted());
                  });
          pump.join();
          return 0;
        };

    stretcher().listener(waiting).hookRunner(runner).build().deploy(MANIFEST);

    assertThat(interrupted).containsExactly(true);
  }

  private static void interruptedWait(boolean checked) {
    Thread.currentThread().interrupt();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      sneak(checked ? e : new IllegalStateException(e));
    }
  }

  @Test
  void whatPrintsAReportShowsNoSecretOfAUrl() {
    URI uri = URI.create("https://user:pass@host/app.yml?token=secret");
    DeployRequest request = DeployRequest.of(uri, "x");
    List<Object> told =
        List.of(
            DeployIdentity.of("1").withManifest(uri),
            new DeployEvent.LoadingManifest(uri),
            new DeployEvent.LoadingUrl(uri),
            new DeployEvent.EventReceived(request),
            new SyncTarget.Deploy(Optional.of("1"), uri, Optional.empty()));

    assertThat(told)
        .extracting(Object::toString)
        .allSatisfy(
            text -> assertThat(text).contains("host/app.yml").doesNotContain("pass", "secret"));
  }
}
