package dev.stretcher.internal.transfer;

import dev.stretcher.spi.Content;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The content that one thread reads now, and that other threads may close to end the read.
 * Thread-safe.
 */
final class OpenContent {
  private @Nullable Content content;
  private boolean aborted;

  /** Takes the content, and closes it at once if another thread has already asked for that. */
  Content hold(Content opened) throws IOException {
    synchronized (this) {
      content = opened;
      if (!aborted) {
        return opened;
      }
    }
    opened.close();
    return opened;
  }

  /** Nothing is read any more. */
  synchronized void release() {
    content = null;
  }

  /** Closes the content that is being read, and each content that is held later. Idempotent. */
  void abort() throws IOException {
    synchronized (this) {
      aborted = true;
    }
    close();
  }

  synchronized boolean isHeld() {
    return content != null;
  }

  /** Closes the content that is being read now. */
  void close() throws IOException {
    Content closing;
    synchronized (this) {
      closing = content;
    }
    if (closing != null) {
      closing.close();
    }
  }

  synchronized boolean isAborted() {
    return aborted;
  }
}
