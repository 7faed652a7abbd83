package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.Stores;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Agents that are killed at any point. {@code -Dstretcher.kills} says how often, {@code
 * -Dstretcher.seed} when.
 */
@Timeout(3600)
class AgentKilledTest extends AgentFixture {
  private static final int MOST_MILLIS = 900;

  @Test
  void convergesWhereverItWasKilled() throws Exception {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("AgentKilledTest: -Dstretcher.seed=" + seed);
    Random random = new Random(seed);
    int kills = Integer.getInteger("stretcher.kills", 2);
    URI address = URI.create("file:" + directory.resolve("store"));
    Path place = Files.createDirectory(directory.resolve("place"));
    dest = place.resolve("dest");
    try (KeyValueStore shared = Stores.open(address, Map.of(), getClass().getClassLoader())) {
      for (int i = 1; i <= kills; i++) {
        String version = "v" + i % 3;
        DesiredState desired = desired(i, version, publish(version, ""));
        shared.write(List.of(Change.put(FleetKeys.desired(SHOP), desired.json())));
        kill(address, random.nextInt(MOST_MILLIS));
      }
      assertThat(AgentProcess.agent(shared, state, directory).once(Duration.ofSeconds(20)))
          .isTrue();
      assertThat(deployed()).isEqualTo("v" + kills % 3);
      HostStatus status =
          HostStatus.parse(shared.get(FleetKeys.host(NODE, SHOP)).orElseThrow().value());
      assertThat(status.state()).isEqualTo(HostState.LIVE);
      assertThat(status.generation()).isEqualTo(kills);
    }
    assertThat(names(state.resolve("fleet"))).containsExactly("shop.json");
    assertThat(names(place)).containsExactly("dest");
  }

  private void kill(URI store, int millis) throws Exception {
    Process process = AgentProcess.start(store, state, directory);
    // When it is killed is what this test varies.
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  private static List<String> names(Path of) throws Exception {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
