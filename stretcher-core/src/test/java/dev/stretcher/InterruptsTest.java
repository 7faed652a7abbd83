package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.StretcherException.Failure;
import dev.stretcher.StretcherException.SyncFailed;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InterruptsTest {
  @Test
  void aChannelThatAnInterruptClosedIsACancelledDeploy() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Interrupts.rethrow(failure(new ClosedByInterruptException())))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anyOtherFailureStaysOne() {
    assertThatCode(() -> Interrupts.rethrow(failure(new IOException("disk"))))
        .doesNotThrowAnyException();
  }

  private static SyncFailed failure(IOException cause) {
    return new SyncFailed(Stage.LOCK, Path.of("/srv/app"), Failure.of("cannot lock", cause));
  }
}
