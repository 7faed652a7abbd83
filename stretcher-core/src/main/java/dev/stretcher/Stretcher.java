package dev.stretcher;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.internal.engine.Version;
import dev.stretcher.internal.event.DeployTask;
import dev.stretcher.internal.event.EventStep;
import dev.stretcher.internal.event.InterruptibleEvents;
import dev.stretcher.internal.event.StdinEventSource;
import dev.stretcher.internal.fetch.DigestVerifier;
import dev.stretcher.internal.hook.HookEnvironment;
import dev.stretcher.internal.hook.ShellHookRunner;
import dev.stretcher.internal.plugin.ChosenPlugins;
import dev.stretcher.internal.plugin.EventSources;
import dev.stretcher.internal.plugin.Plugins;
import dev.stretcher.internal.reserved.Reserved;
import dev.stretcher.internal.reserved.Reserved.Reach;
import dev.stretcher.internal.reserved.ReservedDirectories;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.LocalClock;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.Source;
import dev.stretcher.spi.Syncer;
import dev.stretcher.spi.Verifier;
import dev.stretcher.text.NativeText;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Deploys what manifests describe.
 *
 * <pre>{@code
 * try (Stretcher stretcher = Stretcher.builder().build()) {
 *   Deployment deployment = stretcher.deploy(URI.create("https://example.com/app.yml"));
 * }
 * }</pre>
 *
 * <p>Thread-safe: several threads may deploy at once; two deploys to the same dest wait for each
 * other, also across processes. To cancel a deploy, interrupt its thread: running commands are
 * ended, temporary files removed, and {@link InterruptedException} is thrown, whatever the deploy
 * was doing.
 */
public final class Stretcher implements AutoCloseable {
  private final Engine engine;
  private final EventSources eventSources;
  private final List<DeployListener> listeners;

  private Stretcher(Engine engine, EventSources eventSources, List<DeployListener> listeners) {
    this.engine = engine;
    this.eventSources = eventSources;
    this.listeners = listeners;
  }

  /** Returns a builder with the plug-ins of the class path and default options. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the version of this library, such as {@code 0.1.0}. */
  public static String version() {
    return Version.read();
  }

  /**
   * Deploys a manifest.
   *
   * @param manifest where it is
   * @return what was deployed
   * @throws StretcherException if it failed; its subclass and {@link StretcherException#stage} say
   *     how. Dest is untouched by failures before {@link Stage#SYNC}
   * @throws InterruptedException if the thread was interrupted before the deploy was done, or while
   *     {@code success} or {@code failure} commands ran; the interrupt status of the thread is
   *     cleared. A later interrupt does not change the result, and leaves the thread interrupted
   */
  public Deployment deploy(URI manifest) throws StretcherException, InterruptedException {
    Objects.requireNonNull(manifest, "manifest");
    return reporting(
        newIdentity().withManifest(manifest),
        reporter -> {
          Moment arrived = engine.now();
          begin(reporter);
          DeployTask task = DeployTask.of(DeployRequest.of(manifest, "deploy"), arrived, reporter);
          return new DeployRun(engine, reporter, task).run();
        });
  }

  /**
   * Says what {@link #deploy} would do: fetches, verifies and unpacks the archive as a deploy does,
   * under the same lock, and compares it with dest. Runs no command, and changes nothing in dest;
   * removes the lock and the staging directory, which lie beside dest meanwhile.
   *
   * @param manifest where it is
   * @return what a deploy would do
   * @throws StretcherException if a deploy would fail for a reason that can be seen beforehand
   * @throws InterruptedException if the thread was interrupted
   */
  public DeployPlan plan(URI manifest) throws StretcherException, InterruptedException {
    Objects.requireNonNull(manifest, "manifest");
    return reporting(
        newIdentity().withManifest(manifest),
        reporter -> {
          begin(reporter);
          return new PlanRun(engine, reporter).run(manifest);
        });
  }

  /**
   * Waits for an event and deploys what it asks for.
   *
   * @param events where the event comes from
   * @return empty if there was nothing to do, or if the event was handled before
   * @throws StretcherException if it failed
   * @throws InterruptedException if the thread was interrupted
   */
  public Optional<Deployment> deployNext(EventSource events)
      throws StretcherException, InterruptedException {
    Objects.requireNonNull(events, "events");
    return reporting(
        newIdentity(),
        reporter -> {
          Moment start = engine.now();
          begin(reporter);
          Optional<DeployTask> task = new EventStep(engine, reporter).next(events, start);
          return task.isPresent()
              ? Optional.of(new DeployRun(engine, reporter, task.get()).run())
              : Optional.empty();
        });
  }

  /** A deploy, from its first event to its last. */
  @FunctionalInterface
  private interface Reported<T> {
    T run(Reporter reporter) throws StretcherException, InterruptedException;
  }

  private <T> T reporting(DeployIdentity identity, Reported<T> deploy)
      throws StretcherException, InterruptedException {
    Reporter reporter = new Reporter(listeners, engine.clock(), engine.options(), identity);
    try {
      T result = deploy.run(reporter);
      reporter.settle();
      return result;
    } catch (InterruptedException e) {
      reporter.report(new DeployEvent.Cancelled(reporter.elapsed()));
      reporter.settleSoon();
      // What interrupted while things were put in order is answered as well.
      Thread.interrupted();
      throw e;
    } catch (StretcherException | RuntimeException | Error e) {
      reporter.settle();
      throw e;
    }
  }

  private static DeployIdentity newIdentity() {
    return DeployIdentity.of(UUID.randomUUID().toString());
  }

  /**
   * Returns the source of the events that {@code consul watch}, a Serf agent or a person writes to
   * STDIN.
   *
   * @param stdin the stream that they write to
   * @param environment the agent's variables; {@code CONSUL_INDEX} and {@code SERF_USER_EVENT} tell
   *     whether Consul or Serf writes
   */
  public static EventSource stdinEvents(InputStream stdin, Map<String, String> environment) {
    return stdinEvents(stdin, environment, Options.DEFAULT);
  }

  /**
   * Returns the same source with other limits.
   *
   * @param limits the options, of which only {@link Settings#MAX_EVENT} matters
   */
  public static EventSource stdinEvents(
      InputStream stdin, Map<String, String> environment, Options limits) {
    return new InterruptibleEvents(new StdinEventSource(stdin, environment, limits));
  }

  /**
   * Returns the event source of an address, which a plug-in provides; see {@link
   * dev.stretcher.spi.EventSourceProvider}. It is opened by the first {@link #deployNext}, and
   * closed with this object.
   *
   * @param address an absolute URI, whose scheme says which plug-in
   * @throws IllegalArgumentException if no plug-in provides sources for that scheme
   * @throws IllegalStateException if two do
   */
  public EventSource eventsFrom(URI address) {
    return eventSources.at(Objects.requireNonNull(address, "address"));
  }

  /**
   * Reads a manifest and says what a deploy would do and what would stop it. Fetches only the
   * manifest and changes nothing.
   *
   * @param manifest where it is
   * @throws InterruptedException if the thread was interrupted
   */
  public CheckReport check(URI manifest) throws InterruptedException {
    Objects.requireNonNull(manifest, "manifest");
    return new Checker(engine).check(manifest);
  }

  /**
   * Does what {@link #check} does and, if that finds no problem, what {@link #plan} does: the
   * archive is fetched, verified, unpacked into a private directory and compared with dest. Tells
   * the listeners nothing; waits for another deploy to the same dest.
   *
   * @param manifest where it is
   * @return what was found; {@link CheckReport#sync} says what would change
   * @throws InterruptedException if the thread was interrupted
   */
  public CheckReport checkAgainstDest(URI manifest) throws InterruptedException {
    Objects.requireNonNull(manifest, "manifest");
    return new Checker(engine).checkAgainstDest(manifest);
  }

  /**
   * Returns the default runner of commands: {@code sh -c} in a process group of its own, as the
   * user whom {@link Settings#RUN_AS} names. A runner that only changes the command can delegate to
   * this runner, see {@link dev.stretcher.spi.Hook#withCommand}.
   */
  public static HookRunner shellHookRunner() {
    return new ShellHookRunner();
  }

  private void begin(Reporter reporter) throws InterruptedException {
    reporter.report(new DeployEvent.Started(engine.version()));
    Interrupts.requireNone();
    engine.plugins().warnings().stream().map(DeployEvent.Warning::new).forEach(reporter::report);
    Duration bound = engine.options().get(Settings.RANDOM_DELAY);
    if (!bound.isZero()) {
      Duration delay = Duration.ofNanos(engine.random().nextLong(bound.toNanos()));
      reporter.report(new DeployEvent.Sleeping(delay));
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }
  }

  /** Closes the sources, and the event sources of {@link #eventsFrom}. Idempotent. */
  @Override
  public void close() {
    Reporter reporter = new Reporter(listeners, engine.clock(), engine.options());
    Consumer<String> warn = text -> reporter.report(new DeployEvent.Warning(text));
    eventSources.close(warn);
    engine.plugins().close(warn);
    reporter.settle();
  }

  /** Builds a {@link Stretcher}. Not thread-safe. */
  public static final class Builder {
    private final List<Source> sources = new ArrayList<>();
    private final List<Syncer> syncers = new ArrayList<>();
    private final List<Verifier> verifiers = new ArrayList<>(List.of(new DigestVerifier()));
    private final List<DeployListener> listeners = new ArrayList<>();
    private final List<Reserved> reserved = new ArrayList<>();
    private Optional<HookRunner> hookRunner = Optional.empty();
    private Optional<Path> temporaryDirectory = Optional.empty();
    private Optional<Ledger> ledger = Optional.empty();
    private Options options = Options.DEFAULT;
    private Policy policy = Policy.OPEN;
    private Map<String, String> environment = System.getenv();
    private ClassLoader pluginLoader = Stretcher.class.getClassLoader();
    private Clock clock = new LocalClock();
    private SteadyClock steadyClock = KernelClock.ofThisHost();
    private RandomGenerator random = new SplittableRandom();
    private Path root = Path.of("/");

    private Builder() {}

    /**
     * Adds a source, which takes precedence over a source of the class path for the same scheme.
     */
    public Builder source(Source source) {
      sources.add(Objects.requireNonNull(source, "source"));
      return this;
    }

    /** Adds a syncer, which takes precedence over a syncer of the class path with the same name. */
    public Builder syncer(Syncer syncer) {
      syncers.add(Objects.requireNonNull(syncer, "syncer"));
      return this;
    }

    /** Adds a verifier; the verifier of the manifest's digest stays. */
    public Builder verifier(Verifier verifier) {
      verifiers.add(Objects.requireNonNull(verifier, "verifier"));
      return this;
    }

    /**
     * Sets the runner of commands; the default is the plug-in that {@link Settings#HOOK_RUNNER}
     * names, else {@link Stretcher#shellHookRunner}. With {@link Settings#RUN_AS}, the runner must
     * heed that setting.
     */
    public Builder hookRunner(HookRunner runner) {
      hookRunner = Optional.of(runner);
      return this;
    }

    /** Adds a listener, which hears of all deploys. */
    public Builder listener(DeployListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Sets the options; the default is {@link Options#DEFAULT}. */
    public Builder options(Options newOptions) {
      options = Objects.requireNonNull(newOptions, "options");
      return this;
    }

    /** Sets what may be deployed; the default is {@link Policy#OPEN}. */
    public Builder policy(Policy newPolicy) {
      policy = Objects.requireNonNull(newPolicy, "policy");
      return this;
    }

    /** Sets the ledger that records deploys; the default is none. */
    public Builder ledger(Ledger newLedger) {
      ledger = Optional.of(newLedger);
      return this;
    }

    /**
     * Sets the environment of commands and manifest templates; the default is that of the process.
     */
    public Builder environment(Map<String, String> variables) {
      environment = Map.copyOf(variables);
      return this;
    }

    /** Sets where temporary files go; the default is {@code TMPDIR}, else the JVM's directory. */
    public Builder temporaryDirectory(Path directory) {
      temporaryDirectory = Optional.of(directory);
      return this;
    }

    /**
     * Protects a file or directory of this program, such as its installation or its configuration:
     * a dest that is this path, lies in it or contains it is refused, unless {@link
     * dev.stretcher.policy.Policy#dests} names that very dest. The ledger's directory and the
     * temporary directory are protected anyway.
     *
     * @param path the file or directory, which need not exist
     * @param what its name in messages, such as {@code the agent's installation}
     */
    public Builder reserve(Path path, String what) {
      reserved.add(own(path, Objects.requireNonNull(what, "what"), Reach.ALL));
      return this;
    }

    /** Sets where plug-ins are looked for; the default is the class loader of this library. */
    public Builder pluginLoader(ClassLoader loader) {
      pluginLoader = Objects.requireNonNull(loader, "loader");
      return this;
    }

    Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    Builder steadyClock(SteadyClock newClock) {
      steadyClock = newClock;
      return this;
    }

    /** Sets where the directories of the system and {@code etc/passwd} are looked for. */
    Builder root(Path newRoot) {
      root = newRoot;
      return this;
    }

    Builder random(RandomGenerator newRandom) {
      random = newRandom;
      return this;
    }

    /**
     * Builds the {@link Stretcher}.
     *
     * @throws IllegalStateException if two plug-ins of the class path serve the same name
     * @throws IllegalArgumentException if commands cannot run as {@link Settings#RUN_AS}, for
     *     example because the {@link #hookRunner} does not heed it; if no syncer has the name that
     *     {@link Settings#SYNC_STRATEGY} gives, or no hook runner that of {@link
     *     Settings#HOOK_RUNNER}
     */
    public Stretcher build() {
      Plugins plugins =
          Plugins.discover(new Plugins.Given(sources, syncers, verifiers), pluginLoader);
      requireStrategy(plugins);
      ChosenPlugins chosen = new ChosenPlugins(pluginLoader);
      HookRunner hooks = hookRunner.orElseGet(() -> configuredHookRunner(chosen));
      String user = options.get(Settings.RUN_AS);
      if (!user.isEmpty()) {
        hooks.checkRunAs(user, HookEnvironment.without(environment));
      }
      Path temporary = temporaryDirectory.orElseGet(this::defaultTemporaryDirectory);
      Engine engine =
          new Engine(
              plugins,
              hooks,
              options,
              policy,
              environment,
              temporary,
              reservedDirectories(temporary),
              clock,
              steadyClock,
              random,
              ledger,
              version());
      return new Stretcher(engine, new EventSources(chosen, environment), List.copyOf(listeners));
    }

    private HookRunner configuredHookRunner(ChosenPlugins plugins) {
      String name = options.get(Settings.HOOK_RUNNER);
      return name.isEmpty() ? new ShellHookRunner() : plugins.hookRunner(name);
    }

    private ReservedDirectories reservedDirectories(Path temporary) {
      List<Reserved> own = new ArrayList<>(reserved);
      ledger
          .map(Ledger::directory)
          .ifPresent(path -> own.add(own(path, "the agent's state", Reach.ALL)));
      own.add(own(temporary, "the agent's temporary directory", Reach.ITSELF));
      return new ReservedDirectories(root, own);
    }

    private static Reserved own(Path path, String what, Reach reach) {
      return new Reserved(path.toAbsolutePath().normalize(), what, reach);
    }

    /** The default strategy may be missing, since each manifest can name another. */
    private void requireStrategy(Plugins plugins) {
      String chosen = options.get(Settings.SYNC_STRATEGY);
      if (!chosen.equals(Options.DEFAULT.get(Settings.SYNC_STRATEGY))
          && plugins.syncer(chosen).isEmpty()) {
        throw new IllegalArgumentException(
            "there is no sync_strategy '%s', which %s names; use one of %s"
                .formatted(
                    chosen,
                    Settings.SYNC_STRATEGY.mention(),
                    String.join(", ", plugins.strategies())));
      }
    }

    private Path defaultTemporaryDirectory() {
      String tmpdir = environment.getOrDefault("TMPDIR", "");
      return tmpdir.isEmpty()
          ? Path.of(System.getProperty("java.io.tmpdir"))
          : NativeText.path(tmpdir).toAbsolutePath();
    }
  }
}
