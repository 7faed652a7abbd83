package dev.stretcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTest {
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  @Test
  void itHandsBackWhatTheWorkMade() throws Exception {
    assertThat(Background.start("test", () -> Thread.currentThread().getName()).await())
        .isEqualTo("test");
  }

  @Test
  void itHandsBackEachFailureAsItWasThrown() {
    IOException failure = new IOException("disk");
    IllegalStateException bug = new IllegalStateException();
    OutOfMemoryError error = new OutOfMemoryError("test");

    assertThatThrownBy(() -> failing(failure).await()).isSameAs(failure);
    assertThatThrownBy(() -> Background.start("test", () -> raise(bug)).await()).isSameAs(bug);
    assertThatThrownBy(() -> Background.start("test", () -> raise(error)).await()).isSameAs(error);
  }

  @Test
  void whatAPlugInThrowsAgainstItsSignatureIsAnIoException() {
    TimeoutException failure = new TimeoutException("of the plug-in");

    assertThatThrownBy(
            () ->
                Background.start("test", Background.ofPlugin(() -> sneak(failure)))
                    .await(Long.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasCause(failure);
  }

  /** Throws as a language does that does not check exceptions. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> Object sneak(Exception failure) throws E {
    throw (E) failure;
  }

  @Test
  void workThatAnInterruptEndedIsACancelInWhateverFormItSaysSo() {
    assertThatThrownBy(() -> failing(new ClosedByInterruptException()).await())
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aFailureIsACancelForAThreadThatIsInterrupted() throws Exception {
    try (Background<Object, IOException> failed = failing(new IOException("disk"))) {
      failed.close();
      Thread.currentThread().interrupt();

      assertThatThrownBy(failed::await).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void aWaitMayBeLimited() {
    try (Background<Object, IOException> hanging = hanging()) {
      assertThatThrownBy(() -> hanging.await(1)).isInstanceOf(TimeoutException.class);
      assertThat(hanging.isRunning()).isTrue();
    }
  }

  @Test
  void closingItEndsTheWorkAlsoInAnInterruptedThreadWhichStaysSo() {
    Background<Object, IOException> hanging = hanging();
    Thread.currentThread().interrupt();

    hanging.close();

    assertThat(hanging.isRunning()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void workThatHeedsNoInterruptIsNotWaitedForBeyondTheLimit() {
    CountDownLatch end = new CountDownLatch(1);
    Background<Object, RuntimeException> stubborn =
        Background.start("test", () -> Interrupts.remembered(() -> await(end)));

    stubborn.end(Duration.ofMillis(1));

    assertThat(stubborn.isRunning()).isTrue();
    end.countDown();
    stubborn.close();
  }

  private static Background<Object, IOException> failing(IOException failure) {
    return Background.start(
        "test",
        () -> {
          throw failure;
        });
  }

  private Background<Object, IOException> hanging() {
    return Background.start("test", () -> await(never));
  }

  private static Object await(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return latch;
  }

  private static Object raise(Error error) {
    throw error;
  }

  private static Object raise(RuntimeException bug) {
    throw bug;
  }
}
