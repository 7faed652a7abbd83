package dev.stretcher.sources.internal.upload;

import dev.stretcher.sources.internal.http.NothingTakenException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import okio.BufferedSink;

/** Sends bytes in pieces, as long as the thread that wants them sent is not interrupted. */
public final class Pieces {
  /** A time-out is that of a piece: a server that takes less in it counts as one that hangs. */
  private static final int PIECE = 1 << 14;

  private final Thread owner = Thread.currentThread();

  /** Sends all bytes, in the thread of a library. */
  public void send(InputStream in, BufferedSink sink) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      // The owner may take its time to notice, and the object would be complete by then.
      if (owner.isInterrupted()) {
        throw new InterruptedIOException("cancelled");
      }
      try {
        sink.write(piece, 0, count);
        sink.flush();
      } catch (SocketTimeoutException e) {
        throw new NothingTakenException(e);
      }
    }
  }
}
