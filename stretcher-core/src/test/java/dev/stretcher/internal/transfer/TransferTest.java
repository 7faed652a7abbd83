package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransferTest {
  private static final URI OBJECT = URI.create("test://host/object");
  private static final byte[] BYTES = "the bytes of the object".getBytes(StandardCharsets.US_ASCII);

  private final List<String> requests = new ArrayList<>();
  private final List<String> retries = new ArrayList<>();
  private final Kept kept = new Kept();
  private long now;

  @Test
  void bringsTheWholeObject() throws Exception {
    Transfer.Result result = transfer(3, request -> whole(BYTES, "v1")).all(kept);

    assertThat(result.bytes()).isEqualTo(BYTES.length);
    assertThat(kept.bytes()).isEqualTo(BYTES);
    assertThat(requests).containsExactly("bytes=0- Optional.empty");
  }

  @Test
  void goesOnWhereItStoppedIfTheObjectIsStillTheSame() throws Exception {
    transfer(3, first -> broken(5, "v1"), second -> part(BYTES, 5, "v1")).all(kept);

    assertThat(kept.bytes()).isEqualTo(BYTES);
    assertThat(kept.begins).isEqualTo(1);
    assertThat(requests).containsExactly("bytes=0- Optional.empty", "bytes=5- Optional[v1]");
    assertThat(retries).hasSize(1);
  }

  @Test
  void handsOnAtOnceWhatASlowServerSends() throws Exception {
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(new byte[20_000])) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            now += Duration.ofSeconds(1).toNanos();
            return super.read(target, offset, Math.min(length, 1000));
          }
        };

    transfer(0, request -> content(slow, 0, 20_000, "v1")).all(kept);

    assertThat(kept.lengths).hasSize(20).containsOnly(1000);
  }

  @Test
  void collectsWhatAFastServerSends() throws Exception {
    InputStream fast =
        new FilterInputStream(new ByteArrayInputStream(new byte[1 << 20])) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, 1000));
          }
        };

    transfer(0, request -> content(fast, 0, 1 << 20, "v1")).all(kept);

    assertThat(kept.lengths).hasSize(8).containsOnly(128 << 10);
  }

  @Test
  void startsOverIfTheSourceAnswersFromTheStart() throws Exception {
    byte[] other = "another object".getBytes(StandardCharsets.US_ASCII);

    transfer(3, first -> broken(5, "v1"), second -> whole(other, "v2")).all(kept);

    assertThat(kept.bytes()).isEqualTo(other);
    assertThat(kept.begins).isEqualTo(2);
  }

  @Test
  void startsOverIfTheSourceCannotNameTheVersion() throws Exception {
    transfer(3, first -> broken(5, null), second -> whole(BYTES, null)).all(kept);

    assertThat(kept.bytes()).isEqualTo(BYTES);
    assertThat(requests).containsExactly("bytes=0- Optional.empty", "bytes=0- Optional.empty");
  }

  @Test
  void takesABodyThatEndsTooEarlyAsBroken() throws Exception {
    transfer(
            1,
            first -> content(new ByteArrayInputStream(BYTES, 0, 7), 0, BYTES.length, "v1"),
            second -> part(BYTES, 7, "v1"))
        .all(kept);

    assertThat(kept.bytes()).isEqualTo(BYTES);
    assertThat(retries).singleElement().asString().contains("after 7 of " + BYTES.length);
  }

  @Test
  void givesUpAfterTheLastRetryAndSaysWhy() {
    Transfer transfer =
        transfer(
            2,
            a -> {
              throw new IOException("first");
            },
            b -> {
              throw new IOException("second");
            },
            c -> {
              throw new IOException("third");
            });

    assertThatThrownBy(() -> transfer.all(kept))
        .isInstanceOf(IOException.class)
        .hasMessage("third");
    assertThat(retries).containsExactly("1 first", "2 second");
  }

  @Test
  void doesNotRetryWhatIsFinal() {
    Transfer missing =
        transfer(
            3,
            request -> {
              throw new NoSuchFileException("x");
            });
    Transfer denied =
        transfer(
            3,
            request -> {
              throw new AccessDeniedException("x");
            });

    assertThatThrownBy(() -> missing.all(kept)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> denied.all(kept)).isInstanceOf(AccessDeniedException.class);
    assertThat(retries).isEmpty();
  }

  @Test
  void doesNotRetryWhenTheBytesCannotBeKept() {
    kept.full = true;
    Transfer transfer = transfer(3, request -> whole(BYTES, "v1"));

    assertThatThrownBy(() -> transfer.all(kept))
        .isInstanceOf(SinkException.class)
        .hasMessage("No space left on device");
    assertThat(retries).isEmpty();
  }

  @Test
  void refusesAnAnswerFromTheWrongByte() {
    Transfer transfer = transfer(0, request -> part(BYTES, 3, "v1"));

    assertThatThrownBy(() -> transfer.all(kept))
        .hasMessageContaining("byte 0 was asked for and byte 3");
  }

  @Test
  void waitsGrowAndAreJitteredUpToTenTimesTheFirst() {
    RetryPolicy policy = new RetryPolicy(100, Duration.ofSeconds(3), new SplittableRandom(1));
    for (int attempt = 1; attempt <= 100; attempt++) {
      Duration most = Duration.ofSeconds(3L * Math.min(10, 1L << Math.min(attempt - 1, 4)));
      assertThat(policy.before(attempt)).isBetween(Duration.ZERO, most);
    }
  }

  @FunctionalInterface
  private interface Answer {
    Content to(FetchRequest request) throws IOException;
  }

  private Transfer transfer(int retry, Answer... answers) {
    Source source =
        new Source() {
          private int next;

          @Override
          public Set<String> schemes() {
            return Set.of("test");
          }

          @Override
          public Content open(URI uri, FetchRequest request) throws IOException {
            requests.add(request.range().toHeader() + " " + request.validator());
            return answers[next++].to(request);
          }
        };
    return new Transfer(
        source,
        OBJECT,
        new TransferSettings(
            "Stretcher/test",
            new RetryPolicy(retry, Duration.ZERO, new SplittableRandom(1)),
            OptionalLong.empty(),
            1,
            Optional.empty(),
            OptionalLong.empty()),
        new TransferListener() {
          @Override
          public void opening() {}

          @Override
          public void retrying(IOException cause, int attempt, Duration wait) {
            retries.add(attempt + " " + cause.getMessage());
          }
        },
        () -> now);
  }

  private static Content whole(byte[] bytes, String validator) {
    return part(bytes, 0, validator);
  }

  private static Content part(byte[] bytes, int first, String validator) {
    return content(
        new ByteArrayInputStream(bytes, first, bytes.length - first),
        first,
        bytes.length,
        validator);
  }

  private static Content broken(int after, String validator) {
    InputStream body =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == after) {
              throw new IOException("connection reset");
            }
            return BYTES[at++];
          }
        };
    return content(body, 0, BYTES.length, validator);
  }

  private static Content content(InputStream body, long first, long total, String validator) {
    return new Content(
        body,
        ByteRange.from(first),
        OptionalLong.of(total),
        Optional.ofNullable(validator),
        Optional.empty());
  }

  private static final class Kept implements FetchSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> lengths = new ArrayList<>();
    private int begins;
    private boolean full;

    @Override
    public void begin(Optional<Path> file, OptionalLong length) {
      begins++;
      bytes.reset();
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      lengths.add(chunk.remaining());
      while (chunk.hasRemaining()) {
        bytes.write(chunk.get());
      }
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
