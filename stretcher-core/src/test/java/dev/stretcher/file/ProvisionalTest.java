package dev.stretcher.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProvisionalTest {
  private int closed;
  private final Closeable open = () -> closed++;

  @Test
  void whatIsKeptStaysOpen() throws IOException {
    try (Provisional<Closeable> provisional = Provisional.of(open)) {
      assertThat(provisional.get()).isSameAs(open);
      assertThat(provisional.keep()).isSameAs(open);
    }
    assertThat(closed).isZero();
  }

  @Test
  void whatIsNotKeptIsClosed() throws IOException {
    try (Provisional<Closeable> provisional = Provisional.of(open)) {
      assertThat(provisional.get()).isSameAs(open);
    }
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void aFailureToCloseDoesNotHideWhyItIsClosed() {
    Closeable stuck =
        () -> {
          throw new IOException("stuck");
        };

    assertThatThrownBy(
            () -> {
              try (Provisional<Closeable> provisional = Provisional.of(stuck)) {
                throw new IOException("not as expected: " + provisional.get());
              }
            })
        .hasMessageStartingWith("not as expected")
        .hasSuppressedException(new IOException("stuck"));
  }
}
