package dev.stretcher;

import dev.stretcher.internal.lock.Order;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event that is being handled.
 *
 * @param arrived when it came
 * @param id what its commands and the ledger call its deploy
 */
record DeployTask(DeployRequest request, Instant arrived, String id) {

  static DeployTask of(DeployRequest request, Instant arrived) {
    return new DeployTask(request, arrived, UUID.randomUUID().toString());
  }

  /** Returns its place among the events for the same dest. */
  Order order() {
    return Order.of(arrived, consul().map(DeployRequest.Consul::logicalTime).orElse(0L));
  }

  private Optional<DeployRequest.Consul> consul() {
    return request.origin() instanceof DeployRequest.Consul consul
        ? Optional.of(consul)
        : Optional.empty();
  }

  /** Returns how it ended, for the ledger; {@code loaded} is empty if there is no manifest. */
  LedgerRecord record(
      Instant now,
      Optional<LoadedManifest> loaded,
      Outcome outcome,
      Optional<StretcherException> failure) {
    return new LedgerRecord(
        now,
        arrived,
        id,
        consul().map(DeployRequest.Consul::id),
        order().logicalTime(),
        RedactedUri.of(request.manifest()),
        loaded.map(LoadedManifest::sha256),
        loaded
            .flatMap(each -> each.manifest().payload())
            .map(Manifest.Payload::target)
            .map(target -> NativeText.text(target.dest())),
        outcome,
        failure.map(StretcherException::getMessage));
  }
}
