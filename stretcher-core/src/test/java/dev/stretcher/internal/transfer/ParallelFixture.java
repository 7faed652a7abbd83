package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.spi.ByteRange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Transfers over several connections, and what came of them. */
abstract class ParallelFixture {
  static final int SIZE = 12_000_001;

  /** Slow enough for several connections to be worth it. */
  static final long SLOW = 30_000_000;

  final KeptBytes kept = new KeptBytes();
  final List<String> retries = new CopyOnWriteArrayList<>();
  final List<String> warnings = new CopyOnWriteArrayList<>();

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("stretcher-fetch"));
  }

  static ByteRange range(long first, long last) {
    return new ByteRange(first, OptionalLong.of(last));
  }

  Download download(RangedObject object, int connections, int retry) {
    return new Download(transfer(object, connections, retry), Optional.empty());
  }

  Transfer transfer(RangedObject object, int connections, int retry) {
    return new Transfer(
        object,
        URI.create("test://host/object"),
        new TransferSettings(
            "Stretcher/test",
            new RetryPolicy(retry, Duration.ZERO, new SplittableRandom(1)),
            OptionalLong.of(SLOW),
            connections,
            Optional.of(Duration.ofSeconds(1)),
            OptionalLong.empty()),
        new Heard(retries, warnings));
  }

  /** What a listener hears. */
  record Heard(List<String> retries, List<String> warnings) implements TransferListener {
    @Override
    public void opening() {}

    @Override
    public void retrying(IOException cause, int attempt, Duration wait) {
      retries.add(cause.getMessage());
    }

    @Override
    public void fewerConnections(IOException cause, int left) {
      warnings.add(left + ": " + cause.getMessage());
    }
  }
}
