package dev.stretcher.internal.event;

import dev.stretcher.internal.dest.Order;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.ledger.BootTime;
import dev.stretcher.ledger.LedgerRecord;
import java.time.Duration;

/**
 * Tells which records of the ledger are of a later event than the one that is handled. The kernel's
 * clock decides where it can. The wall clock, which may have been set meanwhile, decides only if a
 * record has no other time, or was written before the last start.
 *
 * @param order the order of the event that is handled
 * @param arrived when it came
 * @param now the present, after all records
 */
record LaterEvent(Order order, Moment arrived, Moment now) {
  /**
   * How long an event counts as superseded by Consul's logical time. Not for ever, since a new
   * cluster counts from 1 again.
   */
  private static final Duration LATE = Duration.ofMinutes(10);

  static LaterEvent than(DeployTask task, Moment now) {
    return new LaterEvent(task.order(), task.arrived(), now);
  }

  /** Tells whether a record, and so each older record, is too old to matter. */
  boolean isPast(LedgerRecord record) {
    if (isComparable(record)) {
      Duration ended = ended(record).uptime();
      return arrived.sinceBoot().orElseThrow().uptime().minus(LATE).compareTo(ended) > 0;
    }
    return isOfEarlierBoot(record) && isUpFor(LATE)
        || !record.time().isAfter(arrived.time().minus(LATE));
  }

  /** Tells whether a record is of a later event. */
  boolean isOf(LedgerRecord record) {
    if (gaveWay(record) || isPast(record) || isFromTheFuture(record)) {
      return false;
    }
    Order other = Order.of(record.arrived(), record.arrivedSinceBoot(), record.logicalTime());
    if (other.hasOtherLogicalTimeThan(order)) {
      return other.logicalTime() > order.logicalTime();
    }
    return cameLater(record);
  }

  /** Tells whether dest was not the matter of the event when it ended. */
  private static boolean gaveWay(LedgerRecord record) {
    return switch (record.outcome()) {
      case SUPERSEDED, CANCELLED, PREPARED, UNPREPARED -> true;
      case SUCCEEDED, FAILED, ROLLED_BACK -> false;
    };
  }

  private boolean cameLater(LedgerRecord record) {
    if (isComparable(record)) {
      return record
          .arrivedSinceBoot()
          .filter(came -> came.isAfter(arrived.sinceBoot().orElseThrow()))
          .isPresent();
    }
    return !isOfEarlierBoot(record) && record.arrived().isAfter(arrived.time());
  }

  /**
   * Such a record was written before the clock was set back, and must not count until that time
   * comes.
   */
  private boolean isFromTheFuture(LedgerRecord record) {
    return isComparable(record)
        ? now.sinceBoot()
            .filter(time -> time.uptime().compareTo(ended(record).uptime()) < 0)
            .isPresent()
        : record.time().isAfter(now.time());
  }

  /** Tells whether the kernel's clock can compare the record with the event. */
  private boolean isComparable(LedgerRecord record) {
    return record.endedSinceBoot().isPresent()
        && arrived.sinceBoot().filter(ended(record)::isOfBootOf).isPresent();
  }

  private boolean isOfEarlierBoot(LedgerRecord record) {
    return record.endedSinceBoot().isPresent()
        && arrived.sinceBoot().isPresent()
        && !isComparable(record);
  }

  private boolean isUpFor(Duration time) {
    return arrived.sinceBoot().orElseThrow().uptime().compareTo(time) >= 0;
  }

  private static BootTime ended(LedgerRecord record) {
    return record.endedSinceBoot().orElseThrow();
  }
}
