package dev.stretcher.internal.dest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * The locks of a dest, with the places in the queues that led to them.
 *
 * @param files where dest led to when they were taken
 * @param lock the lock of {@link LockFiles#main}, which another object may have to release
 * @param locks the locks that {@link #close} releases
 */
public record HeldLock(LockFiles files, DestLock lock, DestLocks locks, Optional<Tickets> tickets)
    implements Closeable {
  @Override
  public void close() throws IOException {
    try {
      if (tickets.isPresent()) {
        tickets.get().close();
      }
    } finally {
      locks.close();
    }
  }
}
