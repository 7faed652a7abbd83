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
  private boolean lowered;
  private boolean allRefused;
  private @Nullable IOException untold;

  Connections(int most, TransferListener listener) {
    this.allowed = most;
    this.listener = listener;
  }

  synchronized int allowed() {
    return allowed;
  }

  /** The server refused a connection; {@code left} others go on. */
  synchronized void refused(IOException cause, int left) {
    allowed = Math.max(1, Math.min(allowed, left));
    allRefused |= left == 0;
    untold = cause;
  }

  /**
   * Several connections did not bring what one might. The next time half of them have to do, and
   * then one.
   */
  synchronized void lower() {
    allowed = lowered ? 1 : Math.max(1, allowed / 2);
    lowered = true;
  }

  /** Forgets that all of several connections were refused, and tells whether they were. */
  synchronized boolean takeAllRefused() {
    boolean refused = allRefused;
    allRefused = false;
    return refused;
  }

  /** Tells the listener of what was refused since the last call. */
  void tell() {
    IOException cause;
    int left;
    synchronized (this) {
      cause = untold;
      left = allowed;
      untold = null;
    }
    if (cause != null) {
      listener.fewerConnections(cause, left);
    }
  }
}
