package dev.stretcher.internal.live;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Writes deploys into a ledger. */
record Deploys(Ledger ledger) {
  void add(String id, String dest, String digest, Outcome outcome) throws IOException {
    ledger.add(
        new LedgerRecord(
            Instant.EPOCH,
            Instant.EPOCH,
            id,
            Optional.empty(),
            0,
            "https://a.example/" + id,
            Optional.of(digest),
            Optional.of(dest),
            outcome,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }
}
