package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.desired.DesiredSignature;
import dev.stretcher.internal.desired.News;
import dev.stretcher.internal.live.Live;
import dev.stretcher.internal.live.LiveMeasure;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.live.MemoryFile;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.internal.live.VersionNames;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.policy.Policy;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why this host runs what it runs of an app. Immutable.
 *
 * @param app the app
 * @param desired what this host takes for desired
 * @param news what the store says of that now: a sentence
 * @param confirmed when the store has confirmed it last
 * @param live the ID that is live, as it was measured; empty if that is not known
 * @param digest that of the manifest that is live
 * @param dest where it is live
 * @param outcome how the last deploy of what is desired ended; empty if there was none, or it has
 *     not ended; {@code WAITING} also while what it fetches is tried again
 * @param error why it failed, or is tried again
 * @param deploys the last deploys to dest, the newest first
 */
public record Why(
    AppName app,
    Optional<DesiredState> desired,
    String news,
    Optional<Instant> confirmed,
    Optional<String> live,
    Optional<String> digest,
    Optional<String> dest,
    Optional<HostState> outcome,
    Optional<String> error,
    List<LedgerRecord> deploys) {
  private static final int MOST_DEPLOYS = 5;

  /** Copies the list. */
  public Why {
    deploys = List.copyOf(deploys);
  }

  /**
   * Asks the store, what the agent remembers, and the ledger. Changes nothing.
   *
   * @param store the store, which stays open; that it cannot be asked is a part of the answer
   * @param stateDirectory that of the agent
   * @param releases tells which release is live
   * @param policy whose keys must have signed what is desired
   * @throws IOException if the ledger cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  public static Why of(
      AppName app, KeyValueStore store, Path stateDirectory, Gate.Releases releases, Policy policy)
      throws IOException, InterruptedException {
    MemoryFile file = MemoryFile.of(stateDirectory, app, warning -> {});
    Memory memory = DesiredSignature.believed(policy, file.read());
    Asked asked = ask(app, store, stateDirectory, memory, policy);
    Ledger ledger = Ledger.in(stateDirectory);
    Live live =
        new LiveMeasure(ledger, releases::at)
            .measure(memory, asked.desired().map(desired -> desired.pin().hex()));
    VersionNames names =
        asked
            .desired()
            .map(desired -> memory.names().with(desired.pin().hex(), desired.id()))
            .orElse(memory.names());
    return new Why(
        app,
        asked.desired(),
        asked.news(),
        file.confirmed(),
        live.digest().flatMap(names::of),
        live.digest(),
        live.dest(),
        memory.outcome(),
        memory.error(),
        deploys(ledger, live.dest()));
  }

  private record Asked(Optional<DesiredState> desired, String news) {}

  private static Asked ask(
      AppName app, KeyValueStore store, Path state, Memory memory, Policy policy)
      throws InterruptedException {
    try {
      News news = News.of(app, store.get(FleetKeys.desired(app)), memory.desired(), policy);
      if (news instanceof News.Changed changed) {
        String how =
            memory.desired().isPresent()
                ? "the agent has not taken it yet; does it run?"
                : Reasons.noAgent(state);
        return new Asked(Optional.of(changed.desired()), how);
      }
      return new Asked(
          memory.desired(),
          news instanceof News.None none
              ? "what the store has is no news: " + none.reason()
              : "the store says so");
    } catch (IOException e) {
      Interrupts.rethrow(e);
      return new Asked(
          memory.desired(), "the store cannot be asked, this is remembered: " + Reasons.of(e));
    }
  }

  private static List<LedgerRecord> deploys(Ledger ledger, Optional<String> dest)
      throws IOException {
    List<LedgerRecord> all = ledger.newestWhile(record -> true);
    return all.stream()
        .filter(record -> dest.isPresent() && record.dest().equals(dest))
        .limit(MOST_DEPLOYS)
        .toList();
  }
}
