package dev.stretcher;

import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.internal.lock.Ticket;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The lock of a dest, with the place in the queue that led to it. */
record HeldLock(DestLock lock, Optional<Ticket> ticket) implements Closeable {
  @Override
  public void close() throws IOException {
    try {
      if (ticket.isPresent()) {
        ticket.get().close();
      }
    } finally {
      lock.close();
    }
  }
}
