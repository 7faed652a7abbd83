package dev.stretcher.sources.internal.consul;

import dev.stretcher.Stretcher;
import dev.stretcher.agent.AgentListener;
import dev.stretcher.agent.AlreadyRunningException;
import dev.stretcher.agent.HostAgent;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.process.Background;
import dev.stretcher.sources.FileSource;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import dev.stretcher.testing.consul.ConsulDouble;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/** A host whose app is a command, with an agent over a double of Consul. */
final class ConsulHost implements AgentListener, AutoCloseable {
  static final AppName SHOP = new AppName("shop");

  final String name;
  final String node;
  final Path place;
  final ConsulDouble consul;
  final Map<String, String> environment = new HashMap<>();
  final List<String> news = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<String> refusals = new ArrayList<>();
  final List<String> ran = new ArrayList<>();
  private Optional<HostStatus> last = Optional.empty();
  private Optional<KeyValueStore> store = Optional.empty();
  private Optional<Background<Object, AlreadyRunningException>> agent = Optional.empty();

  /**
   * Creates a host.
   *
   * @param name for people
   * @param node what Consul calls it
   * @param place a directory of its own
   */
  ConsulHost(String name, String node, Path place, ConsulDouble consul) {
    this.name = name;
    this.node = node;
    this.place = place;
    this.consul = consul;
  }

  ConsulHost start() throws Exception {
    if (consul.requests().isEmpty()) {
      desire(1);
    }
    KeyValueStore own =
        ConsulStoreProvider.open(consul.address(), environment, ConsulStoreProvider.TIMEOUTS);
    store = Optional.of(own);
    HostAgent host =
        HostAgent.builder(
                own,
                node,
                Set.of(SHOP),
                (app, listener) ->
                    Stretcher.builder()
                        .source(new FileSource())
                        .hookRunner(
                            hook -> {
                              ran.add(hook.command());
                              return 0;
                            })
                        .ledger(Ledger.in(place))
                        .listener(listener)
                        .temporaryDirectory(place)
                        .build(),
                place)
            .listener(this)
            .build();
    agent =
        Optional.of(
            Background.start(
                name,
                () -> {
                  host.run();
                  return this;
                }));
    return this;
  }

  void desire(long generation) throws Exception {
    String id = "v" + generation;
    Path manifest =
        Files.writeString(place.resolve(id + ".yml"), "commands: {post: [%s]}\n".formatted(id));
    String pin = "#sha256=" + DigestUtils.sha256Hex(Files.readAllBytes(manifest));
    DesiredState desired =
        new DesiredState(
            SHOP,
            generation,
            id,
            URI.create(manifest.toUri() + pin),
            Optional.empty(),
            "me",
            Instant.EPOCH,
            RolloutRules.NONE,
            Optional.empty());
    try (KeyValueStore own =
        ConsulStoreProvider.open(consul.address(), environment, ConsulStoreProvider.TIMEOUTS)) {
      own.write(List.of(Change.put(FleetKeys.desired(SHOP), desired.json())));
    }
  }

  /** Returns how often it was asked what is desired. */
  int queries() {
    return Math.toIntExact(
        consul.requests().stream().filter(line -> line.contains("recurse")).count());
  }

  void awaitQueries(int count) {
    while (queries() < count) {
      Thread.onSpinWait();
    }
  }

  synchronized void awaitLive(long generation) throws InterruptedException {
    while (last.filter(status -> status.generation() == generation)
        .filter(status -> status.state() == HostState.LIVE)
        .isEmpty()) {
      wait();
    }
  }

  synchronized void awaitNews(int count) throws InterruptedException {
    while (news.size() < count) {
      wait();
    }
  }

  synchronized void awaitWarning(String part) throws InterruptedException {
    while (warnings.stream().noneMatch(warning -> warning.contains(part))) {
      wait();
    }
  }

  synchronized void awaitRefusals(int count) throws InterruptedException {
    while (refusals.size() < count) {
      wait();
    }
  }

  /** Waits until the status in Consul has a part. */
  void awaitStored(String part) throws Exception {
    try (KeyValueStore own =
        ConsulStoreProvider.open(consul.address(), environment, ConsulStoreProvider.TIMEOUTS)) {
      String key = FleetKeys.host(node, SHOP);
      Listing listing = own.list(key);
      while (listing.entries().stream().noneMatch(entry -> entry.value().contains(part))) {
        listing = own.watch(key, listing.version(), Duration.ofSeconds(10));
      }
    }
  }

  @Override
  public synchronized void onStatus(HostStatus status) {
    last = Optional.of(status);
    notifyAll();
  }

  @Override
  public synchronized void onWarning(AppName app, String message) {
    if (message.startsWith("the store refuses ")) {
      refusals.add(message);
    } else if (!message.contains("the status cannot be written")) {
      warnings.add(message);
    }
    notifyAll();
  }

  @Override
  public synchronized void onStoreLost(String reason) {
    news.add("lost: " + reason);
    notifyAll();
  }

  @Override
  public synchronized void onStoreFound() {
    news.add("found");
    notifyAll();
  }

  @Override
  public void close() throws Exception {
    agent.ifPresent(Background::close);
    store.ifPresent(KeyValueStore::close);
  }
}
