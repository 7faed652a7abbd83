package dev.stretcher.cli.fleet;

import dev.stretcher.Stretcher;
import dev.stretcher.agent.AgentListener;
import dev.stretcher.agent.AlreadyRunningException;
import dev.stretcher.agent.HostAgent;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.monitor.AgentListeners;
import dev.stretcher.cli.monitor.AgentMetrics;
import dev.stretcher.cli.monitor.AgentPort;
import dev.stretcher.cli.monitor.AgentWatch;
import dev.stretcher.fleet.AppName;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployListener;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The process of an agent: its store, its listeners, its signals. Used by one thread. */
final class Resident {
  /** How long {@code --once} waits for a store that is away. */
  private static final Duration ONCE_WAITS = Duration.ofSeconds(30);

  /** The status that tells systemd to start the agent again; that of sysexits for "try again". */
  private static final int START_AGAIN = 75;

  private final Installation installation = new Installation();
  private final URI address;
  private final Path state;
  private final AgentLog log;
  private Invocation invocation;

  /** Hears deploys too; there is none unless the agent listens. */
  private Optional<AgentMetrics> metrics = Optional.empty();

  private Resident(Invocation invocation, URI address, Path state) {
    this.invocation = invocation;
    this.address = address;
    this.state = state;
    this.log = new AgentLog(invocation);
  }

  /**
   * Returns the agent that an invocation asks for.
   *
   * @throws UsageException if it says too little
   */
  static Resident of(Invocation invocation) throws UsageException {
    return new Resident(invocation, StoreArgument.address(invocation), state(invocation));
  }

  /**
   * Returns the directory of an agent's state.
   *
   * @throws UsageException if there is none, or nothing to do
   */
  static Path state(Invocation invocation) throws UsageException {
    if (isIdle(invocation)) {
      throw new UsageException(
          "no app is named; name each by --app, or all by apps in the configuration");
    }
    return StoreArgument.state(invocation);
  }

  private static boolean isIdle(Invocation invocation) {
    return StoreArgument.apps(invocation).isEmpty()
        && invocation.options().get(ResidentCommand.EVENT).isEmpty();
  }

  /** Brings the apps to their desired state; returns the exit status. */
  int once() throws InterruptedException {
    try (KeyValueStore store = StoreArgument.open(address, invocation)) {
      NodeName name = node(store, reason -> {});
      Optional<String> node = name.within(ONCE_WAITS);
      if (node.isEmpty()) {
        return complain(
            "%s does not say how it calls this host; name it by --node: %s"
                .formatted(store.name(), name.reason()));
      }
      log.begin(Stretcher.version(), node.get(), store.name());
      return agent(store, node.get(), List.of(log)).once(ONCE_WAITS) ? 0 : 1;
    } catch (IOException | AlreadyRunningException e) {
      return complain(String.valueOf(e.getMessage()));
    }
  }

  /** Keeps the apps at their desired state until the thread is interrupted. */
  int run(Optional<InetSocketAddress> listen) throws InterruptedException {
    try (KeyValueStore store = StoreArgument.open(address, invocation)) {
      AgentWatch watch = new AgentWatch(store.name());
      return listen.isPresent()
          ? runListening(listen.get(), store, watch)
          : run(store, watch, List.of(watch, log));
    } catch (IOException | AlreadyRunningException e) {
      return complain(String.valueOf(e.getMessage()));
    }
  }

  private int runListening(InetSocketAddress listen, KeyValueStore store, AgentWatch watch)
      throws IOException, AlreadyRunningException, InterruptedException {
    AgentMetrics figures = new AgentMetrics(watch, Stretcher.version(), InstantSource.system());
    metrics = Optional.of(figures);
    try (AgentPort port = AgentPort.open(listen, watch, figures)) {
      log.say("Listening at http:/" + port.address());
      return run(store, watch, List.of(watch, log, figures));
    }
  }

  private int run(KeyValueStore store, AgentWatch watch, List<AgentListener> first)
      throws AlreadyRunningException, InterruptedException {
    Reload reload = new Reload(Thread.currentThread(), watch, log, invocation);
    try (Systemd systemd =
            new Systemd(
                invocation.surroundings().environment(), Systemd.PROGRAM, watch, log::warn);
        AgentSignals signals = AgentSignals.on(reload::request);
        Events events = Events.of(invocation, address)) {
      List<AgentListener> listeners = new ArrayList<>(first);
      listeners.add(systemd);
      listeners.add(reload);
      events.follow();
      Optional<String> node = Optional.empty();
      while (true) {
        try {
          if (node.isEmpty()) {
            node = Optional.of(named(store, watch));
          }
          keep(store, node.get(), watch, listeners, signals);
        } catch (InterruptedException e) {
          // That of a signal that ends this process, unless it is a new configuration.
          invocation = reload.taken().orElseThrow(() -> e);
          if (isToBeStartedAgain(systemd)) {
            events.finish();
            return START_AGAIN;
          }
          log.serve(invocation);
          reload.serve(invocation);
        }
      }
    }
  }

  /**
   * Tells whether an upgrade has replaced this program, and systemd is there to start the other.
   */
  private boolean isToBeStartedAgain(Systemd systemd) {
    if (!installation.isReplaced()) {
      return false;
    }
    if (systemd.isWanted()) {
      log.say("Another version of Stretcher or Java is installed: systemd starts the agent again");
    } else {
      log.warn(
          "Another version of Stretcher or Java is installed; end this agent and start it again");
    }
    return systemd.isWanted();
  }

  /** Returns how this host is called, once that is known. */
  private String named(KeyValueStore store, AgentWatch watch) throws InterruptedException {
    String node = node(store, reason -> nameless(reason, watch)).get();
    watch.onStoreFound();
    log.begin(Stretcher.version(), node, store.name());
    return node;
  }

  private void keep(
      KeyValueStore store,
      String node,
      AgentWatch watch,
      List<AgentListener> listeners,
      AgentSignals signals)
      throws AlreadyRunningException, InterruptedException {
    List<AppName> apps = StoreArgument.apps(invocation);
    watch.keepOnly(apps);
    if (apps.isEmpty()) {
      // Only events are followed.
      new CountDownLatch(1).await();
    }
    HostAgent agent = agent(store, node, listeners);
    signals.retrying(agent::retry);
    agent.run();
  }

  private NodeName node(KeyValueStore store, Consumer<String> away) {
    return new NodeName(invocation.options(), store.membership(), state, away);
  }

  private void nameless(String reason, AgentWatch watch) {
    watch.onStoreLost(reason);
    log.warn(
        "The store cannot be asked how it calls this host, and is asked again; --node names it,"
            + " too: "
            + reason);
  }

  private HostAgent agent(KeyValueStore store, String node, List<AgentListener> listeners) {
    // A deploy over the store would take away what all agents of this machine know.
    Invocation ofCommands =
        StoreArgument.directory(address)
            .map(directory -> invocation.reserving(directory, "the store of the fleet"))
            .orElse(invocation)
            .without("NOTIFY_SOCKET")
            .without("WATCHDOG_USEC")
            .without("WATCHDOG_PID")
            // The agent itself lets it pass, before it takes a slot.
            .with(invocation.options().with(Settings.RANDOM_DELAY, Duration.ZERO));
    return HostAgent.builder(
            store,
            node,
            new LinkedHashSet<>(StoreArgument.apps(invocation)),
            (app, listener) -> ofCommands.stretcher(ears(app, listener)),
            state)
        .randomDelay(invocation.options().get(Settings.RANDOM_DELAY))
        .policy(invocation.policy())
        .secrets(invocation.secrets())
        .listener(new AgentListeners(listeners))
        .build();
  }

  private List<DeployListener> ears(AppName app, DeployListener agent) {
    List<DeployListener> ears = new ArrayList<>(List.of(log.of(app), agent));
    metrics.ifPresent(figures -> ears.add(figures.of(app)));
    return ears;
  }

  private int complain(String text) {
    return StoreArgument.complain(invocation, 1, text);
  }
}
