package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.stretcher.testing.consul.ConsulDouble;
import dev.stretcher.testing.consul.ConsulFault;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole agents over Consul, while that is not well: each keeps what it has, says so once, asks no
 * faster than it should, and goes on when Consul is well again. All at the same time, as they wait
 * for real.
 */
@Timeout(60)
class AgentOverConsulTest {
  private static final AppName SHOP = new AppName("shop");
  private static final String TOKEN = "11111111-1111-1111-1111-111111111111";

  /** The third query comes after waits of at least 3/4 of 250 ms and 500 ms. */
  private static final Duration TWO_WAITS = Duration.ofMillis(187 + 375);

  @TempDir Path directory;
  private final List<Host> hosts = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (Host host : hosts) {
      host.close();
    }
  }

  private Host host(String name) throws Exception {
    Host host = new Host(name, Files.createDirectory(directory.resolve(name)));
    hosts.add(host);
    return host;
  }

  @Test
  void anAgentOutlivesWhateverConsulSays() throws Exception {
    List<ConsulFault> faults =
        List.of(
            ConsulFault.DENIED,
            ConsulFault.NO_LEADER,
            ConsulFault.EMPTY,
            ConsulFault.HTML,
            ConsulFault.HTML_NOT_FOUND);
    for (ConsulFault fault : faults) {
      host(fault.name()).start();
    }
    Host away = host("away").start();
    Host busy = host("busy").start();
    List<Host> ill = hosts.subList(0, faults.size());
    for (Host host : hosts) {
      host.awaitLive(1);
      host.consul.awaitWaiting(1);
    }

    long start = System.nanoTime();
    int before = busy.consul.requests().size();
    busy.consul.fault(ConsulFault.BUSY);
    away.consul.goAway();
    int[] asked = new int[ill.size()];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = ill.get(i).queries();
      ill.get(i).consul.fault(faults.get(i));
    }
    for (int i = 0; i < asked.length; i++) {
      // The one that waited has met the fault, too.
      ill.get(i).awaitQueries(asked[i] + 2);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(TWO_WAITS);
    for (Host host : ill) {
      host.consul.heal();
    }
    away.consul.comeBack();

    for (Host host : hosts.subList(0, asked.length + 1)) {
      host.desire(2);
      host.awaitLive(2);
      assertThat(host.news).as(host.name).hasSize(2).last().isEqualTo("found");
      assertThat(host.news.get(0)).as(host.name).startsWith("lost: ").contains("127.0.0.1:");
      assertThat(host.ran).as(host.name).containsExactly("v1", "v2");
      assertThat(host.consul.requests()).as(host.name).noneMatch(line -> line.contains("stale"));
    }
    assertThat(busy.news).hasSize(1).first().asString().contains("429");
    // A status that was still to be written may have met it, too.
    assertThat(busy.consul.requests()).hasSizeLessThanOrEqualTo(before + 1);
  }

  @Test
  void anAgentOutlivesAConsulThatStartsEmptyOrFromAnOldSnapshot() throws Exception {
    Host empty = host("empty").start();
    Host restored = host("restored");
    restored.desire(1);
    ConsulDouble.Snapshot old = restored.consul.save();
    restored.desire(2);
    restored.start();
    empty.awaitLive(1);
    restored.awaitLive(2);
    empty.consul.awaitWaiting(1);
    restored.consul.awaitWaiting(1);

    empty.consul.empty();
    restored.consul.restore(old);

    empty.awaitWarning("the store has none; v1 stays");
    restored.awaitWarning("its generation 1 is older than 2");
    empty.desire(2);
    restored.desire(3);
    empty.awaitLive(2);
    restored.awaitLive(3);
    assertThat(empty.ran).containsExactly("v1", "v2");
    assertThat(restored.ran).containsExactly("v2", "v3");
    assertThat(empty.warnings).hasSize(1);
    assertThat(restored.warnings).hasSize(1);
  }

  @Test
  void anAgentTakesTheTokenThatIsRenewed() throws Exception {
    Host host = host("token");
    Path file = Files.writeString(directory.resolve("token.txt"), TOKEN);
    host.consul.allow(TOKEN, "");
    host.environment.put("CONSUL_HTTP_TOKEN_FILE", file.toString());
    host.start();
    host.awaitLive(1);
    host.consul.awaitWaiting(1);

    host.consul.revoke(TOKEN);
    host.awaitNews(1);
    host.consul.allow("renewed", "");
    Files.writeString(file, "renewed");
    host.awaitNews(2);

    assertThat(host.news.get(0)).contains("is unknown or has expired").doesNotContain(TOKEN);
    host.desire(2);
    host.awaitLive(2);
  }

  /** An agent with a Consul of its own, whose app is a command. */
  private static final class Host implements AgentListener, AutoCloseable {
    final String name;
    final Path place;
    final ConsulDouble consul = ConsulDouble.start();
    final Map<String, String> environment = new HashMap<>();
    final List<String> news = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> ran = new ArrayList<>();
    private Optional<HostStatus> last = Optional.empty();
    private Optional<KeyValueStore> store = Optional.empty();
    private Optional<Background<Object, AlreadyRunningException>> agent = Optional.empty();

    Host(String name, Path place) throws Exception {
      this.name = name;
      this.place = place;
    }

    Host start() throws Exception {
      if (consul.requests().isEmpty()) {
        desire(1);
      }
      KeyValueStore own =
          ConsulStoreProvider.open(consul.address(), environment, ConsulStoreProvider.TIMEOUTS);
      store = Optional.of(own);
      HostAgent host =
          HostAgent.builder(
                  own,
                  "web1",
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

    @Override
    public synchronized void onStatus(HostStatus status) {
      last = Optional.of(status);
      notifyAll();
    }

    @Override
    public synchronized void onWarning(AppName app, String message) {
      if (!message.contains("the status cannot be written")) {
        warnings.add(message);
        notifyAll();
      }
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
      consul.close();
    }
  }
}
