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

/** Files of a test, whose archives can be away, or take as long as a test wants. */
final class LocalFiles implements Source {
  private volatile boolean isAway;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch arrived = new CountDownLatch(1);

  void away(boolean away) {
    isAway = away;
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
    if (isAway) {
      throw new IOException("connection refused");
    }
    return Content.of(Files.newInputStream(Path.of(uri)));
  }
}
