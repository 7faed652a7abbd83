package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Interrupts what blocks. */
final class Interrupting {
  private static final long SOON_SECONDS = 20;

  private Interrupting() {}

  /** Runs {@code work} until it waits, interrupts it, and returns what it throws. */
  static Throwable blocked(ThrowingCallable work) throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread thread = new Thread(() -> thrown.complete(catchThrowable(work)), "interrupted");
    thread.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
    while (thread.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
    thread.interrupt();
    return thrown.get(SOON_SECONDS, TimeUnit.SECONDS);
  }
}
