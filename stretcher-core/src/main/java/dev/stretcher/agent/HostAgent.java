package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.internal.pause.Pauses;
import dev.stretcher.internal.pause.SystemPauses;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.Secrets;
import dev.stretcher.store.KeyValueStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the apps of a host at their desired state: watches the store, deploys what is not live, and
 * writes down what it does. One deploy of an app at a time; several apps side by side.
 *
 * <p>Something that is wrong in the store, or a store that is away, removes nothing: what was
 * desired last goes on, and is remembered in the state directory.
 */
public final class HostAgent {
  private final Builder parts;
  private @Nullable AgentRun current;

  private HostAgent(Builder parts) {
    this.parts = parts;
  }

  /**
   * Returns a builder.
   *
   * @param store the store, which stays open
   * @param node the name of this host in keys
   * @param apps the apps; at least one
   * @param deployer makes the library for each of them, with the ledger of the state directory
   * @param stateDirectory where the agent remembers what is desired and what is live, and where the
   *     ledger is
   * @throws IllegalArgumentException if there is no app, or {@code node} is no part of a key
   */
  public static Builder builder(
      KeyValueStore store, String node, Set<AppName> apps, Deployer deployer, Path stateDirectory) {
    if (apps.isEmpty()) {
      throw new IllegalArgumentException("no app is named; expected at least one");
    }
    if (node.isBlank() || node.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "'%s' is no name of a node; expected a text without /".formatted(node));
    }
    return new Builder(store, node, apps, deployer, stateDirectory);
  }

  /**
   * Keeps the apps at their desired state until the thread is interrupted.
   *
   * @throws AlreadyRunningException if another agent keeps one of the apps on this host, or does so
   *     since the state directory was removed
   * @throws InterruptedException when it was; deploys that ran are cancelled, and what they say was
   *     written to the store, if that could be asked soon
   */
  public void run() throws AlreadyRunningException, InterruptedException {
    try (AgentRun run = begin(true)) {
      run.run();
    }
  }

  /**
   * Brings each app to its desired state once, or fails to: nothing is tried again. If the store
   * cannot be asked, or says nothing of an app, what was desired last counts.
   *
   * @param most how long to wait for a store that is away
   * @return whether all apps are live as desired
   * @throws AlreadyRunningException if another agent keeps one of the apps on this host
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean once(Duration most) throws AlreadyRunningException, InterruptedException {
    try (AgentRun run = begin(false)) {
      return run.once(most);
    }
  }

  private AgentRun begin(boolean triesAgain) throws AlreadyRunningException {
    AgentRun run = AgentRun.begin(parts, triesAgain);
    synchronized (this) {
      current = run;
    }
    return run;
  }

  /** Tries again what has failed, as if it was newly desired. May be called by any thread. */
  public void retry() {
    AgentRun run;
    synchronized (this) {
      run = current;
    }
    if (run != null) {
      run.retry();
    }
  }

  /** Builds an agent. Not thread-safe. */
  public static final class Builder {
    final KeyValueStore store;
    final String node;
    final Set<AppName> apps;
    final Deployer deployer;
    final Path stateDirectory;
    final Ledger ledger;
    Policy policy = Policy.OPEN;
    Secrets secrets = Secrets.NONE;
    AgentListener listener = new AgentListener() {};
    Duration randomDelay = Duration.ZERO;
    Clock clock = Clock.systemUTC();
    RandomGenerator random = new SplittableRandom();
    Supplier<Pauses> pauses = SystemPauses::new;

    /** How long an app waits for its turn before it says who has the turns. */
    Duration patience = Duration.ofMinutes(10);

    private Builder(
        KeyValueStore store,
        String node,
        Set<AppName> apps,
        Deployer deployer,
        Path stateDirectory) {
      this.store = Objects.requireNonNull(store, "store");
      this.node = node;
      this.apps = new TreeSet<>(Comparator.comparing(AppName::value));
      this.apps.addAll(apps);
      this.deployer = Objects.requireNonNull(deployer, "deployer");
      this.stateDirectory = stateDirectory.toAbsolutePath().normalize();
      this.ledger = Ledger.in(this.stateDirectory);
    }

    /**
     * Sets who may sign desired states: {@link Policy#keys}; the default is {@link Policy#OPEN}.
     */
    public Builder policy(Policy newPolicy) {
      this.policy = Objects.requireNonNull(newPolicy, "policy");
      return this;
    }

    /** Sets what is masked in statuses and logs; the default is {@link Secrets#NONE}. */
    public Builder secrets(Secrets newSecrets) {
      this.secrets = Objects.requireNonNull(newSecrets, "secrets");
      return this;
    }

    /** Sets who hears what the agent does besides deploys; the default is nobody. */
    public Builder listener(AgentListener newListener) {
      this.listener = Objects.requireNonNull(newListener, "listener");
      return this;
    }

    /**
     * Sets the bound of a random time that passes before each version is fetched; the default is
     * none. Unlike {@link dev.stretcher.option.Settings#RANDOM_DELAY} of the deployer's libraries,
     * it has passed before a host takes a slot of a rollout.
     */
    public Builder randomDelay(Duration bound) {
      this.randomDelay = Objects.requireNonNull(bound, "bound");
      return this;
    }

    /** Sets the clock of statuses and logs; the default is that of the system, in UTC. */
    public Builder clock(Clock newClock) {
      this.clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    Builder random(RandomGenerator newRandom) {
      this.random = newRandom;
      return this;
    }

    Builder pauses(Supplier<Pauses> newPauses) {
      this.pauses = newPauses;
      return this;
    }

    Builder patience(Duration newPatience) {
      this.patience = newPatience;
      return this;
    }

    /** Returns the agent, which does nothing yet. */
    public HostAgent build() {
      return new HostAgent(this);
    }
  }
}
