package dev.stretcher;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.internal.engine.Version;
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
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.LocalClock;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.Source;
import dev.stretcher.spi.Syncer;
import dev.stretcher.spi.Verifier;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The parts of an {@link Engine}, with their defaults, and how they are put together. */
final class Assembly {
  final List<Source> sources = new ArrayList<>();
  final List<Syncer> syncers = new ArrayList<>();
  final List<Verifier> verifiers = new ArrayList<>(List.of(new DigestVerifier()));
  private final List<Reserved> reserved = new ArrayList<>();
  Optional<HookRunner> hookRunner = Optional.empty();
  Optional<Path> temporaryDirectory = Optional.empty();
  Optional<Ledger> ledger = Optional.empty();
  Options options = Options.DEFAULT;
  Policy policy = Policy.OPEN;
  Map<String, String> environment = System.getenv();
  ClassLoader pluginLoader = Stretcher.class.getClassLoader();
  Clock clock = new LocalClock();
  SteadyClock steadyClock = KernelClock.ofThisHost();
  RandomGenerator random = new SplittableRandom();
  Path root = Path.of("/");

  /** Protects a file or directory of the program. */
  void reserve(Path path, String what) {
    reserved.add(own(path, what, Reach.ALL));
  }

  /** Checks the parts and puts them together. */
  Runs runs(List<DeployListener> listeners) {
    ChosenPlugins chosen = new ChosenPlugins(pluginLoader);
    return new Runs(engine(chosen), new EventSources(chosen, environment), listeners);
  }

  private Engine engine(ChosenPlugins chosen) {
    Plugins plugins =
        Plugins.discover(new Plugins.Given(sources, syncers, verifiers), pluginLoader);
    requireStrategy(plugins);
    HookRunner hooks = hookRunner.orElseGet(() -> configuredHookRunner(chosen));
    String user = options.get(Settings.RUN_AS);
    if (!user.isEmpty()) {
      hooks.checkRunAs(user, HookEnvironment.without(environment));
    }
    Path temporary = temporaryDirectory.orElseGet(this::defaultTemporaryDirectory);
    return new Engine(
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
        Version.read());
  }

  private HookRunner configuredHookRunner(ChosenPlugins chosen) {
    String name = options.get(Settings.HOOK_RUNNER);
    boolean isShell = name.isEmpty() || name.equals(Settings.HOOK_RUNNER.standard());
    return isShell ? new ShellHookRunner() : chosen.hookRunner(name);
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
      List<String> message = new ArrayList<>();
      message.add(
          "there is no sync_strategy '%s', which %s names; use one of %s"
              .formatted(
                  chosen,
                  Settings.SYNC_STRATEGY.mention(),
                  String.join(", ", plugins.strategies())));
      // One that does not load may be the one.
      message.addAll(plugins.warnings());
      throw new IllegalArgumentException(String.join("; ", message));
    }
  }

  private Path defaultTemporaryDirectory() {
    String tmpdir = environment.getOrDefault("TMPDIR", "");
    return tmpdir.isEmpty()
        ? Path.of(System.getProperty("java.io.tmpdir"))
        : NativeText.path(tmpdir).toAbsolutePath();
  }
}
