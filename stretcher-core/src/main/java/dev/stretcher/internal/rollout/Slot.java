package dev.stretcher.internal.rollout;

import dev.stretcher.store.Lease;
import java.io.IOException;
import java.time.Duration;

/** A slot that this host holds. Thread-safe. */
public final class Slot {
  private static final int RENEWALS_IN_A_TTL = 3;

  private final Slots slots;
  private final Lease lease;
  private final String own;
  private boolean isClosed;

  Slot(Slots slots, Lease lease, String own) {
    this.slots = slots;
    this.lease = lease;
    this.own = own;
  }

  /** Returns after which time it is to be renewed. */
  public Duration renewal() {
    return lease.ttl().dividedBy(RENEWALS_IN_A_TTL);
  }

  /**
   * Keeps it for some time more.
   *
   * @return false if it is gone, or was given back; a switch that has begun goes on nevertheless
   * @throws IOException if the store cannot be asked
   */
  public synchronized boolean renew() throws IOException, InterruptedException {
    return !isClosed && lease.renew();
  }

  /**
   * Gives it back; one that cannot be given back ends by itself.
   *
   * @throws InterruptedException if the thread was interrupted; it ends by itself then
   */
  public synchronized void release() throws InterruptedException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      slots.release(lease.id(), own);
    } catch (IOException e) {
      // The end of its lease frees it as well.
      return;
    } finally {
      Slots.end(lease);
    }
  }
}
