package dev.stretcher.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A deploy that has ended. Immutable.
 *
 * @param time when it ended
 * @param arrived when its event came
 * @param deployId its ID, {@code STRETCHER_DEPLOY_ID} of its commands
 * @param event the ID of its event, if the event had one
 * @param logicalTime the LTime of a Consul event; 0 is none
 * @param manifest where the manifest was, without secrets
 * @param digest the sha256 of the manifest in hexadecimal, if it could be fetched
 * @param dest the directory, as the manifest names it, if it has one
 * @param outcome how it ended
 * @param error why it failed
 * @param place the path that {@code dest} led to, if it is another one
 * @param arrivedSinceBoot when its event came, by the clock of the kernel, if that is known
 * @param endedSinceBoot when it ended, by the same clock
 * @param releases what became of the releases, if dest keeps some
 */
public record LedgerRecord(
    Instant time,
    Instant arrived,
    String deployId,
    Optional<String> event,
    long logicalTime,
    String manifest,
    Optional<String> digest,
    Optional<String> dest,
    Outcome outcome,
    Optional<String> error,
    Optional<String> place,
    Optional<BootTime> arrivedSinceBoot,
    Optional<BootTime> endedSinceBoot,
    ReleaseChange releases) {

  /**
   * What became of the releases of a dest. Immutable.
   *
   * @param release the one that was made live or prepared; after a rollback by hand, the one that
   *     is live again
   * @param previous the one that was live before
   * @param rolledBackTo the one that is live again after a deploy that failed and was rolled back
   */
  public record ReleaseChange(
      Optional<String> release, Optional<String> previous, Optional<String> rolledBackTo) {
    /** Nothing, as for a dest that keeps no releases. */
    public static final ReleaseChange NONE =
        new ReleaseChange(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Creates the record of a deploy to a dest that keeps no releases. */
  public LedgerRecord(
      Instant time,
      Instant arrived,
      String deployId,
      Optional<String> event,
      long logicalTime,
      String manifest,
      Optional<String> digest,
      Optional<String> dest,
      Outcome outcome,
      Optional<String> error,
      Optional<String> place,
      Optional<BootTime> arrivedSinceBoot,
      Optional<BootTime> endedSinceBoot) {
    this(
        time,
        arrived,
        deployId,
        event,
        logicalTime,
        manifest,
        digest,
        dest,
        outcome,
        error,
        place,
        arrivedSinceBoot,
        endedSinceBoot,
        ReleaseChange.NONE);
  }

  /** Returns this record with what became of the releases. */
  public LedgerRecord with(ReleaseChange change) {
    return new LedgerRecord(
        time,
        arrived,
        deployId,
        event,
        logicalTime,
        manifest,
        digest,
        dest,
        outcome,
        error,
        place,
        arrivedSinceBoot,
        endedSinceBoot,
        change);
  }

  /** How a deploy ended. */
  public enum Outcome {
    /** Dest is up to date, and the {@code post} commands passed. */
    SUCCEEDED,
    /** The deploy failed. */
    FAILED,
    /** A newer event for the same dest came before the deploy had begun. */
    SUPERSEDED,
    /** An operator has made an earlier release live again, that of the manifest. */
    ROLLED_BACK,
    /** A release of the manifest lies ready, and is not live. */
    PREPARED,
    /** A release of the manifest could not be prepared; what is live is as it was. */
    UNPREPARED,
    /** The deploy was interrupted before it ended; its event is deployed when it comes again. */
    CANCELLED;

    /** Returns its name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the record as a JSON object in one line, as the ledger has it. */
  public String json() {
    return LedgerLine.of(this).strip();
  }
}
