package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartQueueTest {
  private static final int PART = 5;

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPartThatFailsAfterItWasReadFailsTheRest() throws Exception {
    PartQueue queue = new PartQueue(0, 3 * PART, PART, 2, 1);
    Part part = queue.claim().orElseThrow();
    queue.arrived(part, PART);
    byte[] target = new byte[3 * PART];
    assertThat(queue.read(target, 0, target.length)).isEqualTo(PART);

    queue.failed(part, new IOException("more came than was asked for"));

    assertThatThrownBy(() -> queue.read(target, 0, target.length))
        .hasMessage("more came than was asked for");
    assertThat(queue.claim()).isEmpty();
  }
}
