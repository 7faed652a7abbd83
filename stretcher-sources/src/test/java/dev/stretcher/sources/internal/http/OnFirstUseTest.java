package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnFirstUseTest {
  private final List<String> calls = new ArrayList<>();
  private final OnFirstUse<String> client =
      new OnFirstUse<>(
          () -> {
            calls.add("made");
            return "client";
          },
          made -> calls.add("closed " + made));

  @Test
  void isMadeOnceAndClosedOnce() {
    assertThat(calls).isEmpty();
    assertThat(client.get()).isEqualTo("client").isSameAs(client.get());
    client.close();
    client.close();
    assertThat(calls).containsExactly("made", "closed client");
  }

  @Test
  void whatWasNeverNeededIsNotMadeToBeClosed() {
    client.close();
    assertThat(calls).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(client::get)
        .withMessageContaining("this source is closed");
  }
}
