package dev.stretcher.internal.engine;

import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Owns the resources that a deploy has to give back: temporary files, the lock. A resource that
 * cannot be closed is reported and does not change the result.
 *
 * <p>A method that closes its resources only if it fails calls {@link #keep} before it returns, as
 * with a {@link dev.stretcher.file.Provisional}.
 */
public final class Cleanup implements AutoCloseable {
  private final Reporter reporter;
  private final Deque<Closeable> owned = new ArrayDeque<>();

  public Cleanup(Reporter reporter) {
    this.reporter = reporter;
  }

  /** Takes over {@code resource}; the last one taken is the first one closed. */
  public <T extends Closeable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  /** Leaves the resources to the caller: all is well, and nothing is closed here. */
  public void keep() {
    owned.clear();
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      close(owned.pop(), reporter);
    }
  }

  /**
   * Closes one resource in the same way. A cancel must not stop it: the channels that it opens
   * would close.
   */
  public static void close(Closeable resource, Reporter reporter) {
    try {
      if (Thread.currentThread().isInterrupted()) {
        Interrupts.shielded(() -> closed(resource));
      } else {
        resource.close();
      }
    } catch (IOException e) {
      reporter.report(new DeployEvent.Warning("cannot clean up: " + Reason.withFile(e)));
    }
  }

  private static Closeable closed(Closeable resource) throws IOException {
    resource.close();
    return resource;
  }
}
