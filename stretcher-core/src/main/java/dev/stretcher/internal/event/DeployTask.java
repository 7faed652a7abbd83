package dev.stretcher.internal.event;

import dev.stretcher.internal.dest.Order;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.load.LoadedManifest;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An event that is being handled.
 *
 * @param arrived when it came, before a random delay
 * @param id the ID of its deploy, for its commands and the ledger
 * @param handled is run once the ledger says how the deploy ended, unless it was cancelled
 */
public record DeployTask(DeployRequest request, Moment arrived, String id, Runnable handled) {

  /** Returns the task of the deploy whose events {@code reporter} sends. */
  public static DeployTask of(DeployRequest request, Moment arrived, Reporter reporter) {
    return new DeployTask(request, arrived, reporter.deploy().id().orElseThrow(), () -> {});
  }

  /** Returns this task with what is run once the ledger says how the deploy ended. */
  DeployTask withHandled(Runnable newHandled) {
    return new DeployTask(request, arrived, id, newHandled);
  }

  /** Returns its place among the events for the same dest. */
  public Order order() {
    return Order.of(
        arrived.time(),
        arrived.sinceBoot(),
        consul().map(DeployRequest.Consul::logicalTime).orElse(0L));
  }

  private Optional<DeployRequest.Consul> consul() {
    return request.origin() instanceof DeployRequest.Consul consul
        ? Optional.of(consul)
        : Optional.empty();
  }

  /**
   * Returns how the deploy ended, for the ledger.
   *
   * @param loaded empty if there is no manifest
   * @param place the directory that dest led to; empty if it was not locked
   */
  public LedgerRecord record(
      Moment now,
      Optional<LoadedManifest> loaded,
      Optional<Path> place,
      Outcome outcome,
      Optional<StretcherException> failure) {
    Optional<String> dest =
        loaded
            .flatMap(each -> each.manifest().payload())
            .map(Manifest.Payload::target)
            .map(target -> NativeText.text(target.dest()));
    return new LedgerRecord(
        now.time(),
        arrived.time(),
        id,
        request.eventId(),
        order().logicalTime(),
        RedactedUri.of(request.manifest()),
        loaded.map(LoadedManifest::sha256),
        dest,
        outcome,
        failure.map(StretcherException::getMessage),
        place.map(NativeText::text).filter(text -> !dest.equals(Optional.of(text))),
        arrived.sinceBoot(),
        now.sinceBoot());
  }
}
