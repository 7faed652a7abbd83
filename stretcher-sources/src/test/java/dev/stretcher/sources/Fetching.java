package dev.stretcher.sources;

import dev.stretcher.internal.transfer.Download;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.transfer.RetryPolicy;
import dev.stretcher.internal.transfer.Transfer;
import dev.stretcher.internal.transfer.TransferListener;
import dev.stretcher.internal.transfer.TransferSettings;
import dev.stretcher.spi.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/** Fetches as the engine does, and keeps what came. */
final class Fetching implements FetchSink, TransferListener {
  /** So slow that several connections are used. */
  static final long SLOW = 20_000_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> retries = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  /** Fetches an object. */
  void fetch(Source source, URI uri, int retry, int connections)
      throws IOException, InterruptedException, TimeoutException {
    TransferSettings settings =
        new TransferSettings(
            "Stretcher/test",
            new RetryPolicy(retry, Duration.ZERO, new SplittableRandom(1)),
            OptionalLong.of(SLOW),
            connections,
            Optional.of(Duration.ofSeconds(1)),
            OptionalLong.empty());
    new Download(new Transfer(source, uri, settings, this), Optional.empty()).run(this);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  List<String> retries() {
    return retries;
  }

  /** Returns why there are fewer connections. */
  List<String> warnings() {
    return warnings;
  }

  /** Returns the waits before retries. */
  List<Duration> waits() {
    return waits;
  }

  @Override
  public void begin(Optional<Path> file, OptionalLong length) {
    bytes.reset();
  }

  @Override
  public void write(ByteBuffer chunk) {
    while (chunk.hasRemaining()) {
      bytes.write(chunk.get());
    }
  }

  @Override
  public void opening() {
    // Not of interest.
  }

  @Override
  public void retrying(IOException cause, int attempt, Duration wait) {
    retries.add(cause.getMessage());
    waits.add(wait);
  }

  @Override
  public void fewerConnections(IOException cause, int left) {
    warnings.add(cause.getMessage());
  }
}
