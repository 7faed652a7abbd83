package dev.stretcher.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.ObjectsInMemory;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of downloads, for uploads, by a clock that only moves while somebody waits. */
class UploadLimitsTest {
  private static final ObjectName NAME = new ObjectName("shop.tar.gz");
  private static final ObjectContent CONTENT =
      ObjectContent.of(new byte[100_000], "application/gzip");

  private final ObjectsInMemory objects = new ObjectsInMemory();
  private final List<String> retries = new ArrayList<>();
  private long now;

  private Uploads uploads(ObjectStore store, Options options) {
    UploadListener heard =
        new UploadListener() {
          @Override
          public void onRetry(ObjectName name, IOException failure, Duration wait) {
            retries.add(failure.getMessage());
          }
        };
    return new Uploads(
        store, UploadLimits.of(options), heard, () -> now, time -> now += time.toNanos());
  }

  @Test
  void allUploadsTogetherAreNoFasterThanTheyMay() throws Exception {
    Uploads uploads = uploads(objects, Options.DEFAULT.with(Settings.MAX_BAND_WIDTH, 10_000L));
    uploads.write(NAME, CONTENT);
    assertThat(Duration.ofNanos(now)).isBetween(Duration.ofMillis(9_900), Duration.ofSeconds(10));
    uploads.write(new ObjectName("other"), CONTENT);
    assertThat(Duration.ofNanos(now)).isBetween(Duration.ofMillis(19_900), Duration.ofSeconds(20));
    assertThat(objects.bytes("shop.tar.gz")).hasSize(100_000);
  }

  @Test
  void withoutALimitNothingIsSlowedDown() throws Exception {
    uploads(objects, Options.DEFAULT).write(NAME, CONTENT);
    assertThat(now).isZero();
  }

  @Test
  void whatIsReadForAChecksumIsNotSlowedDown() throws Exception {
    ObjectStore reading =
        new Slow("https", Duration.ZERO, 100_000) {
          @Override
          void read(ObjectContent content) throws IOException {
            super.read(content.unheard());
          }
        };
    uploads(reading, Options.DEFAULT.with(Settings.MAX_BAND_WIDTH, 10L)).write(NAME, CONTENT);
    assertThat(now).isZero();
  }

  @Test
  void aServerThatTakesTooLittleIsBrokenOffAndAskedAgain() {
    Slow slow = new Slow("https", Duration.ofSeconds(1), 999);
    Options options =
        Options.DEFAULT
            .with(Settings.LOW_SPEED, 1000L)
            .with(Settings.RETRY, 1)
            .with(Settings.RETRY_WAIT, Duration.ZERO);
    assertThatThrownBy(() -> uploads(slow, options).write(NAME, CONTENT))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(
            "only 999 bytes per second were taken for 30s, and 1000 is the least;"
                + " see why, or lower the setting low-speed");
    assertThat(retries).hasSize(1);
    // Each attempt is measured by itself.
    assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(2 * 31));
  }

  @ParameterizedTest
  @CsvSource({
    "https, 1000, 1000, 0",
    "file, 1, 1000, 0",
    "https, 1, 0, 0",
    "https, 100, 1000, 150"
  })
  void whatIsFastEnoughIsLeftAlone(String scheme, int bytes, long least, long most)
      throws Exception {
    Options options =
        Options.DEFAULT.with(Settings.LOW_SPEED, least).with(Settings.MAX_BAND_WIDTH, most);
    ObjectContent content = ObjectContent.of(new byte[bytes * 100], "text/plain");
    uploads(new Slow(scheme, Duration.ofSeconds(1), bytes), options).write(NAME, content);
    assertThat(Duration.ofNanos(now)).isGreaterThanOrEqualTo(Duration.ofSeconds(99));
    assertThat(retries).isEmpty();
  }

  @Test
  void anUploadThatTakesTooLongIsCancelled() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    objects.before(
        call -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            cancelled.countDown();
            throw e;
          }
        });
    Options options = Options.DEFAULT.with(Settings.TIMEOUT, Duration.ofMillis(1));
    assertThatThrownBy(() -> uploads(objects, options).write(NAME, CONTENT))
        .hasMessage(
            "memory://objects/shop.tar.gz: timeout 1ms reached while it was uploaded; check the"
                + " server, or raise the setting timeout");
    cancelled.await();
    assertThat(retries).isEmpty();
    assertThat(objects.names()).isEmpty();
  }

  @Test
  void whatEndsInTimeIsAsItIsWithoutALimit() throws Exception {
    Options options = Options.DEFAULT.with(Settings.TIMEOUT, Duration.ofHours(1));
    assertThat(uploads(objects, options).write(NAME, CONTENT)).isTrue();
    assertThat(uploads(objects, options).write(NAME, CONTENT)).isFalse();
    ObjectContent other = ObjectContent.of(new byte[1], "text/plain");
    assertThatThrownBy(() -> uploads(objects, options).write(NAME, other))
        .isInstanceOf(ObjectExistsException.class);
  }

  /** A server that takes so many bytes in some time. */
  private class Slow implements ObjectStore {
    private final String scheme;
    private final Duration time;
    private final int bytes;
    private Optional<ObjectContent> written = Optional.empty();

    Slow(String scheme, Duration time, int bytes) {
      this.scheme = scheme;
      this.time = time;
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return scheme + "://slow";
    }

    @Override
    public URI url(ObjectName name) {
      return URI.create(scheme + ":/slow/" + name);
    }

    @Override
    public void create(ObjectName name, ObjectContent content) throws IOException {
      read(content);
      written = Optional.of(content);
    }

    void read(ObjectContent content) throws IOException {
      try (InputStream in = content.open(0)) {
        byte[] piece = new byte[bytes];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
          now += time.toNanos() * count / bytes;
        }
      }
    }

    @Override
    public Optional<StoredObject> find(ObjectName name) {
      return written.map(
          content ->
              new StoredObject(
                  name, content.length(), Optional.of(content.sha256()), Optional.empty()));
    }

    @Override
    public InputStream open(ObjectName name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<List<StoredObject>> list(String prefix) {
      return Optional.empty();
    }

    @Override
    public void delete(ObjectName name) {}

    @Override
    public void close() {}
  }
}
