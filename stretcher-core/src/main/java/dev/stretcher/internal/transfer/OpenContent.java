package dev.stretcher.internal.transfer;

import dev.stretcher.spi.Content;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The content that one thread reads now, and that others may close to end that. Thread-safe. */
final class OpenContent {
  private @Nullable Content content;
  private boolean aborted;

  /** Takes it, and closes it at once if that is already wanted. */
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

  /** Closes what is being read, and all that is held later. Idempotent. */
  void abort() throws IOException {
    synchronized (this) {
      aborted = true;
    }
    close();
  }

  synchronized boolean isHeld() {
    return content != null;
  }

  /** Closes what is being read now. */
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
