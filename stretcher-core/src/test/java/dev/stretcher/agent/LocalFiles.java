package dev.stretcher.agent;

import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Files of a test, whose archives can be away, or take as long as a test wants. */
final class LocalFiles implements Source {
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean isAway;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch arrived = new CountDownLatch(1);

  void away(boolean away) {
    isAway = away;
  }

  /** Lets the next file that is asked for fail. */
  void failOnce() {
    failures.set(1);
  }

  /** Lets the next archives wait, for ever unless {@link #open} is called. */
  void hold() {
    arrived = new CountDownLatch(1);
    gate = new CountDownLatch(1);
  }

  void open() {
    gate.countDown();
  }

  /** Waits until an archive is asked for. */
  void awaitHeld() throws InterruptedException {
    arrived.await();
  }

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public Content open(URI uri, FetchRequest request) throws IOException, InterruptedException {
    if (uri.getPath().endsWith(".tar")) {
      arrived.countDown();
      gate.await();
    }
    if (isAway || failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("connection refused");
    }
    return Content.of(Files.newInputStream(Path.of(uri)));
  }
}
