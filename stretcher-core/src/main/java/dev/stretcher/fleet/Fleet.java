package dev.stretcher.fleet;

import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What hosts should have and what they have, over a store. Thread-safe; does not close the store.
 *
 * <pre>{@code
 * try (KeyValueStore store = Stores.open(URI.create("file:/var/lib/fleet"), System.getenv(), loader)) {
 *   Fleet fleet = Fleet.over(store);
 *   DesiredState now =
 *       fleet.rollout(new RolloutRequest(new AppName("shop"), manifest, "1.4.2", "ci@build"));
 *   FleetStatus status = fleet.status(now.app(), new Counted.Reporting());
 * }
 * }</pre>
 */
public final class Fleet {
  private final KeyValueStore store;
  private final Clock clock;
  private final Map<AppName, HostReports> known = new ConcurrentHashMap<>();

  private Fleet(KeyValueStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Returns the fleet that shares a store. */
  public static Fleet over(KeyValueStore store) {
    return over(store, Clock.systemUTC());
  }

  /** Returns a fleet with a clock of its own. */
  static Fleet over(KeyValueStore store, Clock clock) {
    return new Fleet(Objects.requireNonNull(store, "store"), clock);
  }

  /**
   * Returns what is desired of an app; empty if nothing is.
   *
   * @throws MalformedValueException if the key has something else
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public Optional<DesiredState> desired(AppName app)
      throws MalformedValueException, IOException, InterruptedException {
    return DesiredKey.read(store, app).map(DesiredKey::state);
  }

  /**
   * Returns what was desired of an app under an ID, the last time; empty if the history does not
   * have it.
   *
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public Optional<DesiredState> last(AppName app, String id)
      throws IOException, InterruptedException {
    return History.of(store, app).last(id);
  }

  /**
   * Refuses an ID that the history has with another manifest, as {@link #rollout(RolloutRequest)}
   * does.
   *
   * @param manifest with {@code #sha256=} and its digest; where it lies does not count
   * @throws IllegalArgumentException if it has; the message says where that one is
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public void requireOneContent(AppName app, String id, URI manifest)
      throws IOException, InterruptedException {
    History.of(store, app).requireOneContent(id, manifest);
  }

  /**
   * Sets what all hosts should have, with its history, in one transaction, on condition that nobody
   * else did meanwhile. What is desired already becomes desired anew: hosts where it failed try
   * again.
   *
   * <p>The generation is larger than any that the store knows of, also in the history and in what
   * hosts say: otherwise hosts would take it for an old one after the store was restored.
   *
   * @return what is desired now
   * @throws IllegalArgumentException if no host could deploy it, or its ID is that of another
   *     manifest; the message says why
   * @throws PublishedMeanwhileException if somebody else was faster
   * @throws MalformedValueException if the key has something that is no desired state, or one of a
   *     later version
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState rollout(RolloutRequest request)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    return new Rollout(store, request.app(), request.by(), request.signer(), clock)
        .to(request.manifest(), request.id(), request.rules());
  }

  /**
   * Does what {@link #rollout(RolloutRequest)} does, on condition that what is desired is still
   * what the caller has seen.
   *
   * @param seen what {@link #desired} returned when the caller began
   * @return what is desired now
   * @throws IllegalArgumentException if no host could deploy it, or its ID is that of another
   *     manifest; the message says why
   * @throws PublishedMeanwhileException if somebody else has set something since
   * @throws MalformedValueException as {@link #rollout(RolloutRequest)} does
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState rollout(RolloutRequest request, Optional<DesiredState> seen)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    return new Rollout(store, request.app(), request.by(), request.signer(), clock)
        .after(seen, request.manifest(), request.id(), request.rules());
  }

  /**
   * Makes what was desired before desired again, as a new generation: {@link
   * DesiredState#previous}. A second call takes the first one back. All hosts get it at once.
   *
   * @param by who does this
   * @param signer signs it, for hosts that require a signature
   * @return what is desired now
   * @throws java.util.NoSuchElementException if there is nothing before; the message says so
   * @throws PublishedMeanwhileException if somebody else was faster
   * @throws MalformedValueException as {@link #rollout} does
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState back(AppName app, String by, Optional<DesiredSigner> signer)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    return new Rollout(store, app, by, signer, clock).back(RolloutRules.NONE);
  }

  /**
   * Does the same by rules.
   *
   * @param rules in which order the hosts get it
   * @throws java.util.NoSuchElementException if there is nothing before; the message says so
   * @throws PublishedMeanwhileException if somebody else was faster
   * @throws MalformedValueException as {@link #rollout} does
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState back(
      AppName app, String by, RolloutRules rules, Optional<DesiredSigner> signer)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    return new Rollout(store, app, by, signer, clock).back(rules);
  }

  /**
   * Makes what was desired once desired again, as a new generation.
   *
   * @param id its ID, which the history has
   * @param by who does this
   * @param rules in which order the hosts get it
   * @param signer signs it, for hosts that require a signature
   * @return what is desired now
   * @throws java.util.NoSuchElementException if the history does not have it; the message says so
   * @throws PublishedMeanwhileException if somebody else was faster
   * @throws MalformedValueException as {@link #rollout} does
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState to(
      AppName app, String id, String by, RolloutRules rules, Optional<DesiredSigner> signer)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    return new Rollout(store, app, by, signer, clock).to(id, rules);
  }

  /**
   * Begins the rollout of what is desired anew, by the rules that it has: hosts where it failed try
   * again, and no earlier failure counts. A pause ends.
   *
   * @param by who does this
   * @param signer signs it, for hosts that require a signature
   * @return what is desired now
   * @throws java.util.NoSuchElementException if nothing is desired; the message says so
   * @throws PublishedMeanwhileException if somebody else was faster
   * @throws MalformedValueException as {@link #rollout} does
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState retry(AppName app, String by, Optional<DesiredSigner> signer)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    return new Rollout(store, app, by, signer, clock)
        .again(now -> now.rules().paused(false).since(0));
  }

  /**
   * Changes the rules of the rollout that goes on, as a new generation: pauses it, or lets more
   * hosts switch at once. What has failed has failed, and counts.
   *
   * @param by who does this
   * @param change gets the rules that it has
   * @param signer signs it, for hosts that require a signature
   * @return what is desired now
   * @throws java.util.NoSuchElementException if nothing is desired; the message says so
   * @throws PublishedMeanwhileException if somebody else was faster
   * @throws MalformedValueException as {@link #rollout} does
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState change(
      AppName app, String by, UnaryOperator<RolloutRules> change, Optional<DesiredSigner> signer)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    return new Rollout(store, app, by, signer, clock)
        .again(now -> change.apply(now.rules()).since(now.rollout()));
  }

  /**
   * Returns what the hosts that count have.
   *
   * @param who which hosts count
   * @throws IllegalArgumentException if the store does not know who has a service
   * @throws MalformedValueException if the key of what is desired has something else
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public FleetStatus status(AppName app, Counted who)
      throws MalformedValueException, IOException, InterruptedException {
    return new StatusReader(store, app, who, clock)
        .status(desired(app), store.list(FleetKeys.HOSTS));
  }

  /**
   * Returns what all hosts have said of an app, alive or not, by their names.
   *
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public Map<String, HostReport> reports(AppName app) throws IOException, InterruptedException {
    return new StatusReader(store, app, new Counted.Reporting(), clock)
        .marked(known.computeIfAbsent(app, HostReports::new).read(store.list(FleetKeys.HOSTS)));
  }

  /** Returns what was desired of an app, the oldest first, as far as the history has it still. */
  public List<DesiredState> history(AppName app) throws IOException, InterruptedException {
    return History.of(store, app).states();
  }

  /**
   * Returns what was desired before something, if the history has it still.
   *
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public Optional<DesiredState> before(DesiredState desired)
      throws IOException, InterruptedException {
    Optional<String> id = desired.previous();
    return id.isPresent() ? History.of(store, desired.app()).last(id.get()) : Optional.empty();
  }

  /**
   * Waits until the hosts that count have what is desired, until that cannot be reached any more,
   * or until a time is over. A store that is away meanwhile is asked again and again; what cannot
   * be deployed by any host, such as a malformed value, ends the wait.
   *
   * @param id what is to be live; empty for what is desired first
   * @param who which hosts count
   * @param mostFailures how many hosts may fail
   * @param most how long to wait
   * @param listener hears of each change, in this thread
   * @return how it ended
   * @throws IllegalArgumentException if the store does not know who has a service
   * @throws MalformedValueException if the key of what is desired has something else
   * @throws InterruptedException if the thread was interrupted
   */
  public AwaitResult await(
      AppName app,
      Optional<String> id,
      Counted who,
      int mostFailures,
      Duration most,
      AwaitListener listener)
      throws MalformedValueException, InterruptedException {
    StatusReader reader = new StatusReader(store, app, who, clock);
    return new Await(store, app, reader, new Await.Goal(id, mostFailures), listener).within(most);
  }
}
