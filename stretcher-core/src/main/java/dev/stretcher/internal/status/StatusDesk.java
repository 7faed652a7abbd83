package dev.stretcher.internal.status;

import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.report.Secrets;
import dev.stretcher.report.Stage;
import dev.stretcher.store.Change;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Says in the store what this host does about an app. Thread-safe; never waits. */
public final class StatusDesk {
  /** consul-kv-dashboard fetches the values of all hosts at each change. */
  static final int MOST_DASHBOARD = 4 * 1024;

  /** The most bytes of a log. */
  static final int MOST_LOG = 32 * 1024;

  private static final int HEADLINE = 1024;
  private static final long FLAGS_OF_A_SECOND = 1000;

  private final String node;
  private final AppName app;
  private final Outbox outbox;
  private final Consumer<HostStatus> listener;
  private final Secrets secrets;
  private final Clock clock;
  private Optional<DesiredState> desired = Optional.empty();
  private Optional<String> live = Optional.empty();
  private Optional<HostStatus> last = Optional.empty();
  private Optional<String> error = Optional.empty();
  private Optional<String> doubt = Optional.empty();
  private double seconds;
  private long bytes;

  /** The end of the log that was written last. */
  private String shown = "";

  /**
   * Creates one that has said nothing yet.
   *
   * @param outbox writes to the store what is said
   * @param listener hears it, too
   */
  public StatusDesk(
      String node,
      AppName app,
      Outbox outbox,
      Consumer<HostStatus> listener,
      Secrets secrets,
      Clock clock) {
    this.node = node;
    this.app = app;
    this.outbox = outbox;
    this.listener = listener;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Takes what is said to be desired from now on. */
  public synchronized void desired(Optional<DesiredState> newer) {
    desired = newer;
  }

  /** Takes the ID that is said to be live from now on. */
  public synchronized void live(Optional<String> id) {
    live = id;
  }

  /** Takes what the last deploy is said to have cost from now on. */
  public synchronized void cost(double newSeconds, long newBytes) {
    seconds = newSeconds;
    bytes = newBytes;
  }

  /**
   * Says why what the store has does not count, beside whatever is said else, until that is over.
   * Somebody who waits for this host finds the reason there; and a store that was made anew learns
   * which generation this host knows.
   *
   * @param newer the reason; empty if what the store has counts
   */
  public void doubt(Optional<String> newer) {
    synchronized (this) {
      if (doubt.equals(newer)) {
        return;
      }
      doubt = newer;
      last = last.map(status -> fitting(status.withError(said())));
    }
    repeat();
  }

  /** Says the last state once more, as a store that was away may not have it. */
  public void repeat() {
    HostStatus status;
    synchronized (this) {
      if (last.isEmpty()) {
        return;
      }
      status = last.get();
      outbox.put(letters(status, Optional.empty()));
    }
    listener.accept(status);
  }

  /** Returns why it failed, and why what the store has does not count. */
  private Optional<String> said() {
    Optional<String> both =
        error.isPresent() && doubt.isPresent()
            ? Optional.of(error.get() + "; " + doubt.get())
            : error.or(() -> doubt);
    return both.map(secrets).map(HostStatus::shortened);
  }

  /** Returns the last state; empty at the start. */
  public synchronized Optional<HostState> state() {
    return last.map(HostStatus::state);
  }

  /** Says a state. */
  public void say(HostState state, Optional<Stage> stage, Optional<String> error) {
    say(state, stage, error, Optional.empty());
  }

  /**
   * Says a state.
   *
   * @param log the log of a deploy that has ended
   */
  public void say(
      HostState state, Optional<Stage> stage, Optional<String> failure, Optional<HeadAndTail> log) {
    HostStatus status;
    synchronized (this) {
      error = failure;
      status = fitting(status(state, stage));
      if (isSaid(status) && log.isEmpty()) {
        return;
      }
      last = Optional.of(status);
      outbox.put(letters(status, log));
    }
    listener.accept(status);
  }

  /** Writes the log of a deploy that goes on. */
  synchronized void log(HeadAndTail log) {
    List<Outbox.Letter> letters = new ArrayList<>();
    letters.add(letter(log));
    last.ifPresent(status -> letters.add(shown(status)));
    outbox.put(letters);
  }

  /** Says the last state once more, if what is live is something else by now. */
  public void sayAgain() {
    HostStatus status;
    synchronized (this) {
      if (last.isEmpty() || last.get().live().equals(live)) {
        return;
      }
      status = last.get().withLive(live);
      last = Optional.of(status);
      outbox.put(letters(status, Optional.empty()));
    }
    listener.accept(status);
  }

  private HostStatus status(HostState state, Optional<Stage> stage) {
    Instant now = clock.instant();
    boolean isSame = last.isPresent() && last.get().state() == state;
    return new HostStatus(
        node,
        app,
        desired.map(DesiredState::generation).orElse(0L),
        desired.map(DesiredState::id),
        state,
        live,
        isSame && last.get().generation() == generation() ? last.get().since() : now,
        stage.map(each -> each.name().toLowerCase(Locale.ROOT)),
        said(),
        seconds,
        bytes,
        Stretcher.version());
  }

  private long generation() {
    return desired.map(DesiredState::generation).orElse(0L);
  }

  private boolean isSaid(HostStatus status) {
    return last.equals(Optional.of(status));
  }

  /** What is escaped, or is no ASCII, takes more bytes than characters. */
  private static HostStatus fitting(HostStatus status) {
    HostStatus shorter = status;
    while (shorter.error().isPresent()
        && bytes(shorter.json()) > HostStatus.MAX_BYTES
        && !shorter.error().get().isEmpty()) {
      String text = shorter.error().get();
      shorter = shorter.withError(Optional.of(text.substring(0, text.length() / 2)));
    }
    return shorter;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private List<Outbox.Letter> letters(HostStatus status, Optional<HeadAndTail> log) {
    List<Outbox.Letter> letters = new ArrayList<>();
    log.ifPresent(lines -> letters.add(letter(lines)));
    letters.add(letter(FleetKeys.host(node, app), status.json(), 0));
    letters.add(shown(status));
    if (status.state() == HostState.LIVE && status.live().isPresent()) {
      letters.add(
          letter(FleetKeys.dashboardDeployed(node, app), status.live().get(), flags(status)));
    }
    return letters;
  }

  private Outbox.Letter letter(HeadAndTail log) {
    shown = log.end(MOST_DASHBOARD - HEADLINE - 8);
    return letter(FleetKeys.log(node, app), log.text(), 0);
  }

  private Outbox.Letter shown(HostStatus status) {
    return letter(FleetKeys.dashboard(node, app), dashboard(status), flags(status));
  }

  private static long flags(HostStatus status) {
    return status.since().getEpochSecond() * FLAGS_OF_A_SECOND + colour(status);
  }

  private Outbox.Letter letter(String key, String value, long flags) {
    return new Outbox.Letter(app, new Change.Put(key, value, flags, Change.Condition.NONE));
  }

  private String dashboard(HostStatus status) {
    String id = status.id().map(text -> " " + text).orElse("");
    String why = status.error().map(text -> ": " + text).orElse("");
    String head = status.state().label() + id + why;
    String line = head.length() > HEADLINE / 3 ? head.substring(0, HEADLINE / 3) + "..." : head;
    return line + "\n" + shown;
  }

  /** The meaning of the last three digits of Flags in consul-kv-dashboard. */
  private static int colour(HostStatus status) {
    return switch (status.state()) {
      case LIVE -> status.error().isPresent() ? 1 : 0;
      case WAITING, HELD, SUPERSEDED -> 1;
      case FAILED, ROLLED_BACK -> 2;
      default -> 3;
    };
  }
}
