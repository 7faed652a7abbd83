package dev.stretcher.internal.dest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * The locks of a dest, with the places in the queues that led to them.
 *
 * @param files where dest led to when they were taken
 * @param lock the one of {@link LockFiles#main}, which may be another one's to release
 * @param locks those that are released with this
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
