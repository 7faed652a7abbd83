package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandoverTest {
  private final AtomicInteger closed = new AtomicInteger();
  private final Handover<Closeable> handover = new Handover<>();

  @Test
  void whatIsDeliveredArrivesOpen() throws Exception {
    Closeable resource = closed::incrementAndGet;
    handover.deliver(resource);
    assertThat(handover.await()).isSameAs(resource);
    assertThat(closed).hasValue(0);
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsClosed() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(handover::await).isInstanceOf(InterruptedException.class);

    handover.deliver(closed::incrementAndGet);

    assertThat(closed).hasValue(1);
  }

  @Test
  void whatCameJustWhenTheWaitWasInterruptedIsClosedOrArrives() throws Exception {
    handover.deliver(closed::incrementAndGet);
    Thread.currentThread().interrupt();
    try {
      handover.await();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(closed).hasValue(0);
    } catch (InterruptedException e) {
      assertThat(closed).hasValue(1);
    }
  }

  @Test
  void aFailureArrivesAsItIs() {
    IOException failure = new IOException("refused");
    handover.fail(failure);
    assertThatThrownBy(handover::await).isSameAs(failure);
  }
}
