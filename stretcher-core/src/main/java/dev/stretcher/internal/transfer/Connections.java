package dev.stretcher.internal.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a transfer may have at a time: fewer, and in the end one, if the server does
 * not let it have more. That is for the rest of the transfer. Thread-safe.
 */
final class Connections {
  private final TransferListener listener;
  private int allowed;
  private boolean told;
  private @Nullable IOException reason;

  Connections(int most, TransferListener listener) {
    this.allowed = most;
    this.listener = listener;
  }

  synchronized int allowed() {
    return allowed;
  }

  /** The server does not let us have more than {@code most} connections. */
  synchronized void limit(IOException cause, int most) {
    allowed = Math.max(1, Math.min(allowed, most));
    reason = cause;
  }

  /** No more than one connection is of use. */
  synchronized void one() {
    allowed = 1;
  }

  /** Tells the listener, once, that there are fewer. */
  void tell() {
    IOException cause;
    int left;
    synchronized (this) {
      cause = told ? null : reason;
      left = allowed;
      told |= cause != null;
    }
    if (cause != null) {
      listener.fewerConnections(cause, left);
    }
  }
}
