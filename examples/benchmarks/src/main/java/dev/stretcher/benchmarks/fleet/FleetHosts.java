package dev.stretcher.benchmarks.fleet;

import dev.stretcher.benchmarks.measure.ScratchDirectory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.fleet.RolloutRequest;
import dev.stretcher.fleet.Stores;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.testing.consul.ConsulDouble;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Hundreds of hosts over one store: how long they take until the store says that all have what is
 * desired, what that costs, and whether all do if the store is killed meanwhile.
 */
public final class FleetHosts implements AutoCloseable {
  private static final AppName APP = new AppName("shop");
  private static final Duration AWAY = Duration.ofSeconds(3);
  private static final long LOOK_MILLIS = 50;

  private final PrintStream out;
  private final Path directory;
  private final Optional<ConsulDouble> consul;
  private final KeyValueStore store;
  private final HostProcesses hosts;
  private long start;
  private Duration used = Duration.ZERO;
  private long asked;

  private FleetHosts(
      PrintStream out,
      Path directory,
      Optional<ConsulDouble> consul,
      KeyValueStore store,
      HostProcesses hosts) {
    this.out = out;
    this.directory = directory;
    this.consul = consul;
    this.store = store;
    this.hosts = hosts;
  }

  /**
   * Measures, and prints figures.
   *
   * @param args {@code consul} or {@code file}, a directory, how many processes, how many hosts in
   *     each, how many seconds at rest
   */
  public static void main(String[] args) throws Exception {
    measure(System.out, args);
  }

  static void measure(PrintStream out, String... args) throws Exception {
    try (ScratchDirectory scratch = ScratchDirectory.in(Path.of(args[1]))) {
      Optional<ConsulDouble> consul =
          args[0].equals("consul") ? Optional.of(ConsulDouble.start()) : Optional.empty();
      URI address =
          consul
              .map(ConsulDouble::address)
              .orElseGet(() -> URI.create("file:" + scratch.path().resolve("store")));
      int processes = Integer.parseInt(args[2]);
      int nodes = Integer.parseInt(args[3]);
      out.printf(Locale.ROOT, "%s: %d processes of %d hosts%n", args[0], processes, nodes);
      run(out, scratch.path(), consul, address, processes, nodes, Long.parseLong(args[4]));
    }
  }

  private static void run(
      PrintStream out,
      Path directory,
      Optional<ConsulDouble> consul,
      URI address,
      int processes,
      int nodes,
      long seconds)
      throws Exception {
    KeyValueStore store = Stores.open(address, System.getenv(), FleetHosts.class.getClassLoader());
    desire(store, directory, "v1");
    HostProcesses hosts = HostProcesses.start(address, APP, directory, processes, nodes);
    try (FleetHosts fleet = new FleetHosts(out, directory, consul, store, hosts);
        ProcessorPeak peak = new ProcessorPeak(hosts::processor)) {
      fleet.begin();
      fleet.awaitAll(1, "from the start of the processes");
      fleet.begin();
      desire(store, directory, "v2");
      fleet.awaitAll(2, "from a rollout");
      if (consul.isPresent()) {
        fleet.begin();
        fleet.killInTheMiddle(consul.get());
        fleet.awaitAll(3, "from a rollout, in the middle of which Consul is away for 3 s");
      }
      fleet.begin();
      Thread.sleep(Duration.ofSeconds(seconds).toMillis());
      fleet.say("at rest");
      out.printf(Locale.ROOT, "most processors busy in a second: %.1f%n", peak.most());
    }
  }

  private static DesiredState desire(KeyValueStore store, Path directory, String version)
      throws IOException,
          InterruptedException,
          MalformedValueException,
          PublishedMeanwhileException,
          NoSuchAlgorithmException {
    Path manifest =
        Files.writeString(
            directory.resolve(version + ".yml"), "commands: {post: [" + version + "]}\n");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(manifest));
    URI url = URI.create(manifest.toUri() + "#sha256=" + HexFormat.of().formatHex(digest));
    return Fleet.over(store).rollout(new RolloutRequest(APP, url, version, "benchmark"));
  }

  private void begin() {
    start = System.nanoTime();
    used = hosts.processor();
    asked = requests();
  }

  private long requests() {
    return consul.map(server -> (long) server.requests().size()).orElse(0L);
  }

  /** A third of the hosts has what is new when it goes away. */
  private void killInTheMiddle(ConsulDouble server) throws Exception {
    desire(store, directory, "v3");
    hosts.awaitLive(hosts.hosts() / 3, 3);
    server.goAway();
    Thread.sleep(AWAY.toMillis());
    server.comeBack();
  }

  /** Waits until the store says that all hosts are live. */
  private void awaitAll(long generation, String what) throws Exception {
    hosts.awaitLive(hosts.hosts(), generation);
    while (saidLive(generation) < hosts.hosts()) {
      Thread.sleep(LOOK_MILLIS);
    }
    say(what);
  }

  private long saidLive(long generation)
      throws IOException, InterruptedException, MalformedValueException {
    long count = 0;
    for (KeyValue each : store.list(FleetKeys.HOSTS).entries()) {
      HostStatus status = HostStatus.parse(each.value());
      boolean isLive = status.state() == HostState.LIVE && status.generation() == generation;
      count += isLive ? 1 : 0;
    }
    return count;
  }

  private void say(String what) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double processor = hosts.processor().minus(used).toNanos() / 1e9;
    out.printf(
        Locale.ROOT,
        "%s: %.1f s, processor time of the hosts %.1f s%s%n",
        what,
        seconds,
        processor,
        consul.isPresent() ? ", requests " + (requests() - asked) : "");
  }

  @Override
  public void close() throws IOException {
    hosts.close();
    store.close();
    if (consul.isPresent()) {
      consul.get().close();
    }
  }
}
