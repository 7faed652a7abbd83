package dev.stretcher;

import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.internal.engine.Version;
import dev.stretcher.internal.event.InterruptibleEvents;
import dev.stretcher.internal.event.StdinEventSource;
import dev.stretcher.internal.hook.ShellHookRunner;
import dev.stretcher.internal.load.GivenManifest;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import dev.stretcher.release.Accept;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.release.Rollback;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.VerifyReport;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.Source;
import dev.stretcher.spi.Syncer;
import dev.stretcher.spi.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private final Runs runs;

  private Stretcher(Runs runs) {
    this.runs = runs;
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
    return runs.deploy(at(manifest), Optional.empty());
  }

  /**
   * Deploys a manifest that the program has made. It is checked as one that was fetched, except
   * that templates are not replaced: what is wrong in it is a {@link
   * StretcherException.BadManifest}, and a policy that says where manifests come from or who signs
   * them allows none that is made. Hooks, reports and the ledger have {@code code:manifest} in the
   * place of its URL.
   *
   * @param manifest the manifest, see {@link Manifest#of}
   * @return what was deployed
   * @throws StretcherException if it failed, as {@link #deploy(URI)} does
   * @throws InterruptedException if the thread was interrupted, as {@link #deploy(URI)} does
   */
  public Deployment deploy(Manifest manifest) throws StretcherException, InterruptedException {
    return runs.deploy(made(manifest), Optional.empty());
  }

  /**
   * Deploys as {@link #deploy(URI)} does, and waits before anything that an application notices.
   *
   * @param manifest where it is
   * @param turn what it waits for
   * @return what was done
   * @throws StretcherException if it failed
   * @throws InterruptedException if the thread was interrupted, as {@link #deploy(URI)} does, or if
   *     the turn does not come
   */
  public Deployment deploy(URI manifest, BeforeSwitch turn)
      throws StretcherException, InterruptedException {
    return runs.deploy(at(manifest), Optional.of(Objects.requireNonNull(turn, "turn")));
  }

  private static GivenManifest at(URI manifest) {
    return new GivenManifest.At(Objects.requireNonNull(manifest, "manifest"));
  }

  private static GivenManifest made(Manifest manifest) {
    return new GivenManifest.Made(Objects.requireNonNull(manifest, "manifest"));
  }

  /**
   * Says what {@link #deploy(URI)} would do: fetches, verifies and unpacks the archive as a deploy
   * does, under the same lock, and compares it with dest. Runs no command, and changes nothing in
   * dest; removes the lock and the staging directory, which lie beside dest meanwhile.
   *
   * @param manifest where it is
   * @return what a deploy would do
   * @throws StretcherException if a deploy would fail for a reason that can be seen beforehand
   * @throws InterruptedException if the thread was interrupted
   */
  public DeployPlan plan(URI manifest) throws StretcherException, InterruptedException {
    return runs.plan(at(manifest));
  }

  /**
   * Says what {@link #deploy(Manifest)} would do, as {@link #plan(URI)} does.
   *
   * @param manifest the manifest
   * @return what a deploy would do
   * @throws StretcherException if a deploy would fail for a reason that can be seen beforehand
   * @throws InterruptedException if the thread was interrupted
   */
  public DeployPlan plan(Manifest manifest) throws StretcherException, InterruptedException {
    return runs.plan(made(manifest));
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
    return runs.deployNext(Objects.requireNonNull(events, "events"));
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
   * closed with this object. An address has one source, the same at each call until it is closed;
   * it may be closed in another thread than the one that waits for an event, whose wait fails then.
   *
   * @param address an absolute URI, whose scheme says which plug-in
   * @throws IllegalArgumentException if no plug-in provides sources for that scheme
   * @throws IllegalStateException if two do
   */
  public EventSource eventsFrom(URI address) {
    return runs.eventsFrom(Objects.requireNonNull(address, "address"));
  }

  /**
   * Reads a manifest and says what a deploy would do and what would stop it. Fetches only the
   * manifest and changes nothing.
   *
   * @param manifest where it is
   * @throws InterruptedException if the thread was interrupted
   */
  public CheckReport check(URI manifest) throws InterruptedException {
    return runs.check(at(manifest));
  }

  /**
   * Says what {@link #deploy(Manifest)} would do and what would stop it, as {@link #check(URI)}
   * does.
   *
   * @param manifest the manifest
   * @throws InterruptedException if the thread was interrupted
   */
  public CheckReport check(Manifest manifest) throws InterruptedException {
    return runs.check(made(manifest));
  }

  /**
   * Does what {@link #check(URI)} does and, if that finds no problem, what {@link #plan(URI)} does:
   * the archive is fetched, verified, unpacked into a private directory and compared with dest.
   * Tells the listeners nothing; waits for another deploy to the same dest.
   *
   * @param manifest where it is
   * @return what was found; {@link CheckReport#sync} says what would change
   * @throws InterruptedException if the thread was interrupted
   */
  public CheckReport checkAgainstDest(URI manifest) throws InterruptedException {
    return runs.checkAgainstDest(at(manifest));
  }

  /**
   * Does the same with a manifest that the program has made.
   *
   * @param manifest the manifest
   * @return what was found
   * @throws InterruptedException if the thread was interrupted
   */
  public CheckReport checkAgainstDest(Manifest manifest) throws InterruptedException {
    return runs.checkAgainstDest(made(manifest));
  }

  /**
   * Compares a dest with what was deployed there last, by a manifest with {@code toc} and with the
   * ledger of this builder; or with what its syncer knows of the live release, or of the one whose
   * directory is given. Names that the manifest excluded, and {@linkplain
   * dev.stretcher.file.ReservedNames reserved names}, do not count. Changes nothing, and waits for
   * nobody: a deploy that is running has forgotten what was deployed before.
   *
   * @param dest a directory, or a link to one
   * @param full whether contents are read and their digests compared; else only types, sizes,
   *     times, modes, the targets of links and, where the deploy has set them, owners
   * @return empty if it is not known what was deployed to {@code dest}
   * @throws IOException if dest cannot be read, or if it is not known any more what the manifest
   *     excluded; if contents are to be read of a release whose digests are not known
   * @throws InterruptedException if the thread was interrupted
   */
  public Optional<VerifyReport> verify(Path dest, boolean full)
      throws IOException, InterruptedException {
    return runs.verify(Objects.requireNonNull(dest, "dest"), full);
  }

  /**
   * Makes the good release live again that a deploy made live last before the live one, by the
   * rename of a link, and runs its {@code post} and {@code health} commands. The release that was
   * live counts as bad from then on.
   *
   * @param dest as the manifest names it; deployed by a syncer that keeps releases
   * @return what is live now
   * @throws StretcherException if there is no such release, or the rollback failed
   * @throws InterruptedException if the thread was interrupted
   */
  public Rollback rollback(Path dest) throws StretcherException, InterruptedException {
    return runs.rollback(Objects.requireNonNull(dest, "dest"), Optional.empty(), Accept.GOOD);
  }

  /**
   * Makes a certain release live again, as {@link #rollback(Path)} does. If a deploy made it live
   * after the live one, a rollback is undone: the release that was live stays as good as it was.
   *
   * @param dest as the manifest names it
   * @param id that of a release which is good or was so before, or which another tool has made
   * @return what is live now
   * @throws StretcherException if there is no such release, or the rollback failed
   * @throws InterruptedException if the thread was interrupted
   */
  public Rollback rollback(Path dest, String id) throws StretcherException, InterruptedException {
    return rollback(dest, id, Accept.GOOD);
  }

  /**
   * Makes a certain release live again, as {@link #rollback(Path, String)} does.
   *
   * @param dest as the manifest names it
   * @param id that of a release
   * @param accept which releases may be named
   * @return what is live now
   * @throws StretcherException if there is no such release, or the rollback failed
   * @throws InterruptedException if the thread was interrupted
   */
  public Rollback rollback(Path dest, String id, Accept accept)
      throws StretcherException, InterruptedException {
    return runs.rollback(
        Objects.requireNonNull(dest, "dest"),
        Optional.of(id),
        Objects.requireNonNull(accept, "accept"));
  }

  /**
   * Returns the releases at a dest in the order in which deploys made them live, the last one at
   * the end. Changes nothing and waits for nobody.
   *
   * @param dest as the manifest names it
   * @throws IOException if no releases are there, or they cannot be read
   */
  public List<Release> releases(Path dest) throws IOException {
    return runs.releases(Objects.requireNonNull(dest, "dest"));
  }

  /**
   * Returns what a release costs, and who uses it.
   *
   * @param dest as the manifest names it
   * @param release one of {@link #releases}
   * @throws IOException if it cannot be read
   */
  public ReleaseUse use(Path dest, Release release) throws IOException {
    return runs.use(Objects.requireNonNull(dest, "dest"), release);
  }

  /**
   * Does all of {@link #deploy(URI)} that no application notices: fetches, verifies and unpacks the
   * archive, and makes a release of it, which is not live. A deploy of the same archive then only
   * runs the commands and switches.
   *
   * @param manifest where it is; its syncer keeps releases
   * @return the release
   * @throws StretcherException if it failed
   * @throws InterruptedException if the thread was interrupted
   */
  public Release prepare(URI manifest) throws StretcherException, InterruptedException {
    return runs.prepare(at(manifest));
  }

  /**
   * Does the same with a manifest that the program has made.
   *
   * @param manifest the manifest; its syncer keeps releases
   * @return the release
   * @throws StretcherException if it failed
   * @throws InterruptedException if the thread was interrupted
   */
  public Release prepare(Manifest manifest) throws StretcherException, InterruptedException {
    return runs.prepare(made(manifest));
  }

  /**
   * Returns the default runner of commands: {@code sh -c} in a process group of its own, as the
   * user whom {@link Settings#RUN_AS} names. A runner that only changes the command can delegate to
   * this runner, see {@link dev.stretcher.spi.Hook#withCommand}.
   */
  public static HookRunner shellHookRunner() {
    return new ShellHookRunner();
  }

  /** Closes the sources, and the event sources of {@link #eventsFrom}. Idempotent. */
  @Override
  public void close() {
    runs.close();
  }

  /** Builds a {@link Stretcher}. Not thread-safe. */
  public static final class Builder {
    private final Assembly parts = new Assembly();
    private final List<DeployListener> listeners = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a source, which takes precedence over a source of the class path for the same scheme.
     */
    public Builder source(Source source) {
      parts.sources.add(Objects.requireNonNull(source, "source"));
      return this;
    }

    /** Adds a syncer, which takes precedence over a syncer of the class path with the same name. */
    public Builder syncer(Syncer syncer) {
      parts.syncers.add(Objects.requireNonNull(syncer, "syncer"));
      return this;
    }

    /** Adds a verifier; the verifier of the manifest's digest stays. */
    public Builder verifier(Verifier verifier) {
      parts.verifiers.add(Objects.requireNonNull(verifier, "verifier"));
      return this;
    }

    /**
     * Sets the runner of commands; the default is the plug-in that {@link Settings#HOOK_RUNNER}
     * names, else {@link Stretcher#shellHookRunner}. With {@link Settings#RUN_AS}, the runner must
     * heed that setting.
     */
    public Builder hookRunner(HookRunner runner) {
      parts.hookRunner = Optional.of(runner);
      return this;
    }

    /** Adds a listener, which hears of all deploys. */
    public Builder listener(DeployListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Sets the options; the default is {@link Options#DEFAULT}. */
    public Builder options(Options newOptions) {
      parts.options = Objects.requireNonNull(newOptions, "options");
      return this;
    }

    /** Sets what may be deployed; the default is {@link Policy#OPEN}. */
    public Builder policy(Policy newPolicy) {
      parts.policy = Objects.requireNonNull(newPolicy, "policy");
      return this;
    }

    /** Sets the ledger that records deploys; the default is none. */
    public Builder ledger(Ledger newLedger) {
      parts.ledger = Optional.of(newLedger);
      return this;
    }

    /**
     * Sets the environment of commands and manifest templates; the default is that of the process.
     */
    public Builder environment(Map<String, String> variables) {
      parts.environment = Map.copyOf(variables);
      return this;
    }

    /** Sets where temporary files go; the default is {@code TMPDIR}, else the JVM's directory. */
    public Builder temporaryDirectory(Path directory) {
      parts.temporaryDirectory = Optional.of(directory);
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
      parts.reserve(path, Objects.requireNonNull(what, "what"));
      return this;
    }

    /** Sets where plug-ins are looked for; the default is the class loader of this library. */
    public Builder pluginLoader(ClassLoader loader) {
      parts.pluginLoader = Objects.requireNonNull(loader, "loader");
      return this;
    }

    Builder clock(Clock newClock) {
      parts.clock = newClock;
      return this;
    }

    Builder steadyClock(SteadyClock newClock) {
      parts.steadyClock = newClock;
      return this;
    }

    /** Sets where the directories of the system and {@code etc/passwd} are looked for. */
    Builder root(Path newRoot) {
      parts.root = newRoot;
      return this;
    }

    Builder random(RandomGenerator newRandom) {
      parts.random = newRandom;
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
      return new Stretcher(parts.runs(List.copyOf(listeners)));
    }
  }
}
