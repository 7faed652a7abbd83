package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stretcher.spi.ByteRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartQueueTest {
  private static final int PART = 5;

  private static PartQueue queue(int most, int fetchers) {
    ByteRange all = new ByteRange(0, OptionalLong.of(3 * PART - 1));
    return new PartQueue(Part.Plan.of(List.of(all), bytes -> PART), 3 * PART, most, fetchers);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPartThatFailsAfterItWasReadFailsTheRest() throws Exception {
    PartQueue queue = queue(2, 1);
    Part part = queue.claim().orElseThrow();
    queue.arrived(part, PART);
    byte[] target = new byte[3 * PART];
    assertThat(queue.read(target, 0, target.length)).isEqualTo(PART);

    queue.failed(part, new IOException("more came than was asked for"));

    assertThatThrownBy(() -> queue.read(target, 0, target.length))
        .hasMessage("more came than was asked for");
    assertThat(queue.claim()).isEmpty();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void closingEndsAReadThatWaitsAndAClaimThatWaits() throws Exception {
    PartQueue queue = queue(1, 2);
    Part part = queue.claim().orElseThrow();
    CompletableFuture<Throwable> read = new CompletableFuture<>();
    CompletableFuture<Optional<Part>> claim = new CompletableFuture<>();
    Thread reader =
        new Thread(() -> read.complete(catchThrowable(() -> queue.read(new byte[1], 0, 1))));
    Thread fetcher = new Thread(() -> complete(claim, queue));
    reader.start();
    fetcher.start();
    awaitWaiting(reader);
    awaitWaiting(fetcher);

    queue.close();

    assertThat(read.get()).isInstanceOf(IOException.class).hasMessage("closed while it was read");
    assertThat(claim.get()).isEmpty();
    assertThat(part.length()).isEqualTo(PART);
  }

  private static void complete(CompletableFuture<Optional<Part>> claim, PartQueue queue) {
    try {
      claim.complete(queue.claim());
    } catch (InterruptedException e) {
      claim.completeExceptionally(e);
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aPartThatIsLeftIsClaimedBeforeOthersAndFromWhereItStopped() throws Exception {
    PartQueue queue = queue(2, 2);
    Part first = queue.claim().orElseThrow();
    assertThat(queue.claim()).isPresent();
    queue.arrived(first, 2);

    assertThat(queue.leave(first)).hasValue(1);

    assertThat(queue.claim()).containsSame(first);
    assertThat(first.range()).isEqualTo(new ByteRange(2, OptionalLong.of(PART - 1)));
  }

  @Test
  void theLastOneDoesNotLeave() throws Exception {
    PartQueue queue = queue(2, 2);
    Part first = queue.claim().orElseThrow();
    Part second = queue.claim().orElseThrow();
    queue.leave(second);

    assertThat(queue.leave(first)).hasValue(0);
    queue.failed(first, new IOException("refused"));
    assertThat(queue.leave(first)).isEmpty();
    assertThatThrownBy(() -> queue.read(new byte[1], 0, 1)).hasMessage("refused");
  }
}
