package dev.stretcher.sources.internal.http;

import java.io.IOException;
import java.net.SocketTimeoutException;

/** A server took nothing of what was sent for so long that it is given up. */
public final class NothingTakenException extends IOException {
  private static final long serialVersionUID = 1L;

  public NothingTakenException(SocketTimeoutException cause) {
    super(cause);
  }
}
