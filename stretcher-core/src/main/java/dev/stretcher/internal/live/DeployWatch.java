package dev.stretcher.internal.live;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the deploys of this host that have ended since it was asked last, whoever made them: an
 * event, a command, another process. Used by one thread at a time.
 */
public final class DeployWatch {
  private final Ledger ledger;
  private Optional<Ledger.Stamp> seen = Optional.empty();
  private Optional<String> newest = Optional.empty();

  /** Creates a watch that has seen no deploy yet. */
  public DeployWatch(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Returns the last deploy of each dest that was deployed to.
   *
   * @return the IDs of deploys by dests, as their manifests name them
   * @throws IOException if the ledger cannot be read; the next call tries again
   */
  public Map<String, String> ended() throws IOException {
    Optional<Ledger.Stamp> stamp = ledger.stamp();
    if (stamp.equals(seen)) {
      return Map.of();
    }
    Optional<String> known = newest;
    List<LedgerRecord> records =
        ledger.newestWhile(record -> !known.equals(Optional.of(record.deployId())));
    Map<String, String> byDest = new HashMap<>();
    for (LedgerRecord record : records) {
      record.dest().ifPresent(dest -> byDest.putIfAbsent(dest, record.deployId()));
    }
    if (!records.isEmpty()) {
      newest = Optional.of(records.get(0).deployId());
    }
    // As it was before: what is added meanwhile is found by the next call.
    seen = stamp;
    return byDest;
  }
}
