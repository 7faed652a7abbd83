package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.internal.desired.DesiredWatch;
import dev.stretcher.internal.live.DeployWatch;
import dev.stretcher.internal.live.MemoryFile;
import dev.stretcher.internal.pause.Pauses;
import dev.stretcher.internal.pause.Turns;
import dev.stretcher.internal.status.Outbox;
import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.Listing;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent from its begin to its end: the apps, the threads, the locks. */
final class AgentRun implements AutoCloseable, DesiredWatch.Taker {
  /** More deploys at once would only wait for the same disk and network. */
  private static final int MOST_DEPLOYS = 32;

  private static final int IDLE_THREAD_SECONDS = 10;

  /** A store that does not answer must not keep a host from what it knows. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How often it is looked whether somebody else has deployed. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final Duration LONGEST_END = Duration.ofMinutes(1);

  private final HostAgent.Builder parts;
  private final AgentLocks locks;
  private final Pauses pauses;
  private final ThreadPoolExecutor threads = threads();
  private final Outbox outbox;
  private final Map<AppName, AppAgent> apps = new LinkedHashMap<>();
  private final boolean triesAgain;
  private final DeployWatch deploys;

  /** Another agent that has taken an app of this one; guarded by this. */
  private @Nullable AlreadyRunningException rival;

  private boolean isLost;
  private boolean isReady;

  private AgentRun(HostAgent.Builder parts, AgentLocks locks, boolean triesAgain) {
    this.parts = parts;
    this.triesAgain = triesAgain;
    this.locks = locks;
    this.pauses = parts.pauses.get();
    this.deploys = new DeployWatch(parts.ledger);
    this.outbox = new Outbox(parts.store, pauses, parts.random, parts.listener::onWarning);
    Services services =
        new Services(
            parts.store,
            parts.node,
            parts.deployer,
            parts.stateDirectory,
            parts.ledger,
            parts.policy,
            parts.secrets,
            parts.listener,
            parts.clock,
            parts.random,
            parts.randomDelay,
            pauses,
            new Turns(MOST_DEPLOYS, parts.patience, parts.clock),
            threads,
            outbox,
            triesAgain);
    for (AppName app : parts.apps) {
      apps.put(app, new AppAgent(app, services));
    }
  }

  static AgentRun begin(HostAgent.Builder parts, boolean triesAgain)
      throws AlreadyRunningException {
    AgentLocks locks =
        AgentLocks.take(
            MemoryFile.directory(parts.stateDirectory), parts.apps, parts.listener::onWarning);
    AgentRun run = new AgentRun(parts, locks, triesAgain);
    run.apps.values().forEach(AppAgent::load);
    return run;
  }

  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_THREAD_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "stretcher-app");
          thread.setDaemon(true);
          return thread;
        });
  }

  void run() throws AlreadyRunningException, InterruptedException {
    Thread watching = Thread.currentThread();
    pauses.later(PATIENCE, this::beginAll);
    pauses.later(LOOK, () -> look(watching));
    try {
      new DesiredWatch(parts.store, apps.keySet(), pauses, parts.random, this).run();
    } catch (InterruptedException e) {
      throwRival();
      throw e;
    }
  }

  private synchronized void throwRival() throws AlreadyRunningException {
    if (rival != null) {
      throw rival;
    }
  }

  private void beginAll() {
    apps.values().forEach(AppAgent::begin);
  }

  /** Looks at what others do on this host. */
  private void look(Thread watching) {
    lookForDeploys();
    try {
      lookForLocks();
      pauses.later(LOOK, () -> look(watching));
    } catch (AlreadyRunningException e) {
      synchronized (this) {
        rival = e;
      }
      watching.interrupt();
    }
  }

  private void lookForLocks() throws AlreadyRunningException {
    for (AppName app : locks.retake()) {
      parts.listener.onWarning(
          app,
          "its lock file in %s was removed, and with it perhaps what the agent remembers: both are made again"
              .formatted(NativeText.text(parts.stateDirectory)));
      AppAgent agent = apps.get(app);
      if (agent != null) {
        agent.remember();
      }
    }
  }

  /** Others deploy to the same dests: events, commands, other processes. */
  private void lookForDeploys() {
    Map<String, String> ended;
    try {
      ended = deploys.ended();
    } catch (IOException e) {
      // Whatever is deployed or measured next says that the ledger cannot be read.
      ended = Map.of();
    }
    for (AppAgent app : apps.values()) {
      app.look(ended);
    }
  }

  boolean once(Duration most) throws InterruptedException {
    DesiredWatch watch = new DesiredWatch(parts.store, apps.keySet(), pauses, parts.random, this);
    Background<Object, IOException> watching =
        Background.start(
            "stretcher-watch",
            () -> {
              watch.run();
              return this;
            });
    try {
      awaitAnswer(most);
    } finally {
      watching.interrupt();
    }
    beginAll();
    boolean all = true;
    for (AppAgent app : apps.values()) {
      app.awaitRest();
      all &= app.isLive();
    }
    return all;
  }

  private synchronized void awaitAnswer(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toNanos(); left > 0 && !isFound(); left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private boolean isFound() {
    return isReady && !isLost;
  }

  @Override
  public void found(Listing listing) {
    Map<String, KeyValue> values = new HashMap<>();
    for (KeyValue value : listing.entries()) {
      values.put(value.key(), value);
    }
    apps.forEach(
        (name, app) -> app.found(Optional.ofNullable(values.get(FleetKeys.desired(name)))));
    if (was(false)) {
      apps.values().forEach(AppAgent::repeat);
      outbox.storeFound();
      parts.listener.onStoreFound();
    }
    ready();
  }

  @Override
  public void lost(String reason) {
    if (!was(true)) {
      parts.listener.onStoreLost(reason);
    }
    if (triesAgain) {
      beginAll();
      readyByMemory();
    }
  }

  /** Returns whether the store was lost before. */
  private synchronized boolean was(boolean lost) {
    boolean before = isLost;
    isLost = lost;
    return before;
  }

  /** What all apps were last known to want is known, too, while the store is away. */
  private void readyByMemory() {
    for (AppAgent app : apps.values()) {
      if (!app.knowsDesired()) {
        return;
      }
    }
    ready();
  }

  private void ready() {
    boolean first;
    synchronized (this) {
      first = !isReady;
      isReady = true;
      notifyAll();
    }
    if (first) {
      parts.listener.onReady();
    }
  }

  void retry() {
    apps.values().forEach(AppAgent::retry);
  }

  @Override
  public void close() {
    apps.values().forEach(AppAgent::stop);
    threads.shutdownNow();
    Interrupts.remembered(
        () -> {
          threads.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
          outbox.flush(LAST_WORDS);
          return this;
        });
    outbox.close();
    pauses.close();
    apps.values().forEach(AppAgent::close);
    locks.close();
  }
}
