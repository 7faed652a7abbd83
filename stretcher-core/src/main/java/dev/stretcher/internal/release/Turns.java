package dev.stretcher.internal.release;

import dev.stretcher.internal.dest.Order;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Settings;
import java.util.Optional;

/**
 * The place of an operator's work in the queue of a dest: it waits for the lock, but no event gives
 * way to it, and it gives way to no event.
 */
final class Turns {
  private Turns() {}

  /** Returns no place, unless deploys do not wait on this host: then this work does not either. */
  static Optional<Order> onlyIfAtOnce(Engine engine, Moment arrived) {
    return engine.options().get(Settings.ON_BUSY) == OnBusy.FAIL
        ? Optional.of(Order.of(arrived.time(), arrived.sinceBoot(), 0))
        : Optional.empty();
  }
}
