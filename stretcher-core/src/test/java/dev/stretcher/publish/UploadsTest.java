package dev.stretcher.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.ObjectsInMemory;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private static final ObjectName NAME = new ObjectName("shop/1.yml");
  private static final ObjectContent CONTENT =
      ObjectContent.of("abc".getBytes(UTF_8), "text/plain");
  private static final Options OPTIONS =
      Options.DEFAULT.with(Settings.RETRY, 2).with(Settings.RETRY_WAIT, Duration.ZERO);

  private final ObjectsInMemory objects = new ObjectsInMemory();
  private final List<String> heard = new ArrayList<>();
  private final Uploads uploads = new Uploads(objects, OPTIONS, new Heard());

  private final class Heard implements UploadListener {
    @Override
    public void onProgress(ObjectName name, long read, long length) {
      heard.add(name + " " + read + "/" + length);
    }

    @Override
    public void onRetry(ObjectName name, IOException failure, Duration wait) {
      heard.add(name + " again: " + failure.getMessage());
    }
  }

  private static ObjectsInMemory.Fault first(int times, String call) {
    AtomicInteger left = new AtomicInteger(times);
    return each -> {
      if (each.startsWith(call) && left.getAndDecrement() > 0) {
        throw new IOException("connection reset");
      }
    };
  }

  @Test
  void whatFailedForNowIsTriedAgainAndHeard() throws Exception {
    objects.before(first(2, "create"));
    assertThat(uploads.write(NAME, CONTENT)).isTrue();
    assertThat(heard)
        .containsExactly(
            "shop/1.yml again: connection reset",
            "shop/1.yml again: connection reset",
            "shop/1.yml 3/3");
  }

  @Test
  void itGivesUpAfterTheRetries() {
    objects.before(first(3, "create"));
    assertThatThrownBy(() -> uploads.write(NAME, CONTENT)).hasMessage("connection reset");
    assertThat(objects.names()).isEmpty();
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    objects.before(
        call -> {
          throw new AccessDeniedException("shop", null, "HTTP 403");
        });
    assertThatThrownBy(() -> uploads.write(NAME, CONTENT))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(objects.calls()).hasSize(1);
  }

  @Test
  void anAnswerThatWasLostIsNoFailure() throws Exception {
    objects.after(first(1, "create"));
    assertThat(uploads.write(NAME, CONTENT)).isFalse();
    assertThat(objects.bytes("shop/1.yml")).asString(UTF_8).isEqualTo("abc");
  }

  @Test
  void anObjectThatIsShorterThanWhatWasSentIsFound() {
    objects.store(bytes -> java.util.Arrays.copyOf(bytes, 2));
    assertThatThrownBy(() -> uploads.write(NAME, CONTENT))
        .isInstanceOf(ReadBackException.class)
        .hasMessageContaining("memory://objects/shop/1.yml has 2 bytes")
        .hasMessageContaining("3 were expected");
  }

  @Test
  void aSmallObjectThatIsNotWhatWasSentIsFound() {
    objects.store(bytes -> "abd".getBytes(UTF_8));
    assertThatThrownBy(() -> uploads.write(NAME, CONTENT))
        .isInstanceOf(ReadBackException.class)
        .hasMessageContaining("other content")
        .hasMessageContaining(CONTENT.sha256().toString());
  }

  @Test
  void anObjectThatIsNotThereAfterwardsIsFound() {
    objects.after(
        call -> {
          if (call.startsWith("create")) {
            objects.delete(NAME);
          }
        });
    assertThatThrownBy(() -> uploads.write(NAME, CONTENT))
        .isInstanceOf(ReadBackException.class)
        .hasMessageContaining("is not there");
  }
}
