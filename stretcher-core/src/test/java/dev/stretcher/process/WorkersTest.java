package dev.stretcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private final Thread caller = Thread.currentThread();

  @Test
  void anInterruptIsNotLostToAFailureThatCameBefore() {
    CountDownLatch other = new CountDownLatch(1);
    Workers.Task<String> task =
        element -> {
          if (Thread.currentThread() == caller) {
            while (other.getCount() > 0) {
              Thread.onSpinWait();
            }
            throw new IOException("no space");
          }
          caller.interrupt();
          other.countDown();
          new CountDownLatch(1).await();
        };

    assertThatThrownBy(() -> new Workers("test", 2).forEach(List.of("a", "b"), task))
        .isInstanceOf(InterruptedException.class);
    assertThat(caller.isInterrupted()).isFalse();
  }

  @Test
  void aChannelThatAnInterruptClosedIsACancel() {
    Workers.Task<String> task =
        element -> {
          caller.interrupt();
          throw new ClosedByInterruptException();
        };

    assertThatThrownBy(() -> new Workers("test", 1).forEach(List.of("a"), task))
        .isInstanceOf(InterruptedException.class);
    assertThat(caller.isInterrupted()).isFalse();
  }
}
