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
import dev.stretcher.ledger.Ledger;
import dev.stretcher.policy.Policy;
import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Release;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Says whether an app may start on this host with the version that it has. Asks the store and what
 * the agent remembers; changes nothing. Thread-safe.
 */
public final class Gate {
  /** Longer than a store that is there takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KeyValueStore store;
  private final Path stateDirectory;
  private final Releases releases;
  private final Policy policy;
  private final Clock clock;

  /** Lists the releases at a dest, as {@link dev.stretcher.Stretcher#releases} does. */
  @FunctionalInterface
  public interface Releases {
    /**
     * Returns them.
     *
     * @throws IOException if there are none
     */
    List<Release> at(Path dest) throws IOException;
  }

  /** An answer. */
  public enum Answer {
    /** The app may start. */
    MAY_START,
    /** It may not: this host has another version than the desired one. */
    MAY_NOT_START,
    /** It is not known what is desired. */
    NOT_KNOWN
  }

  /**
   * What the gate says.
   *
   * @param answer the answer
   * @param reason why, on one line
   * @param desired the ID that is desired, if that is known
   * @param live the ID that is live, if that is known
   */
  public record Decision(
      Answer answer, String reason, Optional<String> desired, Optional<String> live) {}

  /**
   * Creates a gate.
   *
   * @param store the store, which stays open
   * @param stateDirectory that of the agent
   * @param releases tells which release is live
   * @param policy whose keys must have signed what is desired
   */
  public Gate(
      KeyValueStore store, Path stateDirectory, Releases releases, Policy policy, Clock clock) {
    this.store = store;
    this.stateDirectory = stateDirectory;
    this.releases = releases;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Asks once.
   *
   * @param maxAge how old what the agent remembers may be to count if the store cannot be asked
   * @throws IOException if the ledger cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  public Decision ask(AppName app, Duration maxAge) throws IOException, InterruptedException {
    return ask(app, maxAge, PATIENCE);
  }

  /**
   * Asks once.
   *
   * @param maxAge how old what the agent remembers may be to count if the store cannot be asked
   * @param patience how long the store may take for an answer; after that, it cannot be asked
   * @throws IOException if the ledger cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  public Decision ask(AppName app, Duration maxAge, Duration patience)
      throws IOException, InterruptedException {
    MemoryFile file = MemoryFile.of(stateDirectory, app, warning -> {});
    Memory memory = DesiredSignature.believed(policy, file.read());
    LiveMeasure measure = new LiveMeasure(Ledger.in(stateDirectory), releases::at);
    Desired desired = desired(app, memory, file.confirmed(), maxAge, patience);
    if (desired.state().isEmpty()) {
      return new Decision(Answer.NOT_KNOWN, desired.how(), Optional.empty(), memory.liveId());
    }
    DesiredState wanted = desired.state().get();
    Live live = measure.measure(memory, Optional.of(wanted.pin().hex()));
    return decide(wanted, memory, live, desired.how());
  }

  private record Desired(Optional<DesiredState> state, String how) {}

  private Desired desired(
      AppName app, Memory memory, Optional<Instant> confirmed, Duration maxAge, Duration patience)
      throws InterruptedException {
    try {
      News news = News.of(app, stored(app, patience), memory.desired(), policy);
      if (news instanceof News.Changed changed) {
        return new Desired(Optional.of(changed.desired()), "the store says so");
      }
      if (news instanceof News.None none && memory.desired().isEmpty()) {
        return new Desired(Optional.empty(), "it is not known what is desired: " + none.reason());
      }
      return new Desired(
          memory.desired(),
          news instanceof News.None none
              ? "what the store has is no news (%s), and what the agent remembers counts"
                  .formatted(none.reason())
              : "the store says so");
    } catch (IOException e) {
      Interrupts.rethrow(e);
      return remembered(memory, confirmed, maxAge, Reasons.of(e));
    }
  }

  /** Nobody waits for the end of a call that hangs in a connection or in a file system. */
  private Optional<KeyValue> stored(AppName app, Duration patience)
      throws IOException, InterruptedException {
    Background<Optional<KeyValue>, IOException> asking =
        Background.start("stretcher-gate", () -> store.get(FleetKeys.desired(app)));
    try {
      return asking.await(patience.toNanos());
    } catch (TimeoutException e) {
      throw new IOException(
          "%s has not answered within %s".formatted(store.name(), GoDuration.format(patience)), e);
    } finally {
      asking.interrupt();
    }
  }

  /** A clock that was set back makes nothing too old. */
  private Desired remembered(
      Memory memory, Optional<Instant> confirmed, Duration maxAge, String reason) {
    boolean isFresh =
        memory.desired().isPresent()
            && confirmed.isPresent()
            && Duration.between(confirmed.get(), clock.instant()).compareTo(maxAge) <= 0;
    String away = "the store cannot be asked (%s)".formatted(reason);
    return isFresh
        ? new Desired(memory.desired(), away + "; it said so at " + seconds(confirmed.get()))
        : new Desired(
            Optional.empty(),
            away
                + confirmed
                    .map(time -> ", and what it said at %s is too old".formatted(seconds(time)))
                    .orElse(", and nothing is remembered"));
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private Decision decide(DesiredState wanted, Memory memory, Live live, String how) {
    Optional<String> id =
        live.digest().equals(Optional.of(wanted.pin().hex()))
            ? Optional.of(wanted.id())
            : live.digest().flatMap(memory.names()::of);
    Optional<String> desired = Optional.of(wanted.id());
    boolean isRemembered =
        memory.desired().map(DesiredState::pin).equals(Optional.of(wanted.pin()));
    if (live.is(wanted.pin())) {
      return new Decision(
          Answer.MAY_START, "%s is desired and live; %s".formatted(wanted.id(), how), desired, id);
    }
    // Commands of the deploy start the app, and its end comes after them.
    if (isRemembered && memory.step() == Memory.Step.SYNCED) {
      return new Decision(
          Answer.MAY_START,
          "%s is desired and in its place, and its commands run".formatted(wanted.id()),
          desired,
          Optional.of(wanted.id()));
    }
    if (isRemembered && memory.outcome().equals(Optional.of(HostState.ROLLED_BACK))) {
      return new Decision(
          Answer.MAY_START,
          "%s is desired and has failed here, and this host was rolled back".formatted(wanted.id()),
          desired,
          id);
    }
    if (isTurnToCome(wanted, memory, isRemembered) && live.isGood() && id.isPresent()) {
      return new Decision(
          Answer.MAY_START,
          "%s is desired, and %s is live until it is the turn of this host to switch"
              .formatted(wanted.id(), id.get()),
          desired,
          id);
    }
    return new Decision(
        Answer.MAY_NOT_START,
        "%s is desired, and %s; %s".formatted(wanted.id(), other(memory, live, id), how),
        desired,
        id);
  }

  /** Tells whether this host waits for others, and has not tried to switch. */
  private static boolean isTurnToCome(DesiredState wanted, Memory memory, boolean isRemembered) {
    return !wanted.rules().isFree()
        && (!isRemembered || (memory.step() == Memory.Step.NONE && !memory.hasFailed()));
  }

  private String other(Memory memory, Live live, Optional<String> id) {
    if (live.digest().isPresent()) {
      return id.orElse("something else") + " is live";
    }
    return memory.desired().isEmpty()
        ? Reasons.noAgent(stateDirectory)
        : "it is not known what is live";
  }
}
