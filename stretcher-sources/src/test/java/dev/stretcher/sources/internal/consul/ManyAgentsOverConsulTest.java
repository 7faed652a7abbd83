package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.testing.consul.ConsulDouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred agents over one Consul, which is killed and started again while they work. */
@Timeout(120)
class ManyAgentsOverConsulTest {
  private static final int AGENTS = 100;

  @TempDir Path directory;
  private final List<ConsulHost> hosts = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (ConsulHost host : hosts) {
      host.close();
    }
  }

  private void startUpTo(int count, ConsulDouble consul) throws Exception {
    while (hosts.size() < count) {
      String node = "web" + hosts.size();
      Path place = Files.createDirectory(directory.resolve(node));
      hosts.add(new ConsulHost(node, node, place, consul).start());
    }
  }

  @Test
  void allConvergeThoughConsulIsKilledInTheMiddle() throws Exception {
    try (ConsulDouble consul = ConsulDouble.start()) {
      startUpTo(AGENTS / 2, consul);
      for (ConsulHost host : hosts.subList(0, AGENTS / 4)) {
        host.awaitLive(1);
      }
      consul.goAway();
      startUpTo(AGENTS, consul);
      hosts.get(0).awaitNews(1);
      hosts.get(AGENTS - 1).awaitNews(1);
      consul.comeBack();

      for (ConsulHost host : hosts) {
        host.awaitLive(1);
        assertThat(host.ran).as(host.node).containsExactly("v1");
      }
      for (ConsulHost host : hosts) {
        host.awaitStored("\"state\":\"live\"");
      }
      try (KeyValueStore store =
          ConsulStoreProvider.open(consul.address(), Map.of(), ConsulStoreProvider.TIMEOUTS)) {
        assertThat(store.list(FleetKeys.HOSTS).entries()).extracting(KeyValue::key).hasSize(AGENTS);
      }
    }
  }
}
