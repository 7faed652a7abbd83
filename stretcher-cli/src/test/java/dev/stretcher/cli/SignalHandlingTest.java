package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SignalHandlingTest {
  private final AtomicBoolean exits = new AtomicBoolean();

  @Test
  void workThatASignalHasEndedSaysNoExitStatus() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    SignalHandling[] handling = new SignalHandling[1];
    Thread worker =
        new Thread(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                handling[0].finished();
                exits.set(true);
              }
            });
    worker.setDaemon(true);
    handling[0] = new SignalHandling(worker, false);
    worker.start();

    handling[0].onShutdown();

    while (worker.getState() != Thread.State.WAITING && worker.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(exits).isFalse();
  }

  @Test
  void workThatHasEndedBeforeASignalSaysTheExitStatus() {
    SignalHandling handling = new SignalHandling(Thread.currentThread(), false);

    handling.finished();
    handling.onShutdown();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
