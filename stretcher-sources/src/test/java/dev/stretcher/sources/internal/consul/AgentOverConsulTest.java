package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.testing.consul.ConsulDouble;
import dev.stretcher.testing.consul.ConsulFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final String TOKEN = "11111111-1111-1111-1111-111111111111";

  /** The third query comes after waits of at least 3/4 of 250 ms and 500 ms. */
  private static final Duration TWO_WAITS = Duration.ofMillis(187 + 375);

  @TempDir Path directory;
  private final List<ConsulHost> hosts = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (ConsulHost host : hosts) {
      host.close();
      host.consul.close();
    }
  }

  private ConsulHost host(String name) throws Exception {
    ConsulHost host =
        new ConsulHost(
            name, "web1", Files.createDirectory(directory.resolve(name)), ConsulDouble.start());
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
    ConsulHost away = host("away").start();
    ConsulHost busy = host("busy").start();
    List<ConsulHost> ill = hosts.subList(0, faults.size());
    for (ConsulHost host : hosts) {
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
    for (ConsulHost host : ill) {
      host.consul.heal();
    }
    away.consul.comeBack();

    for (ConsulHost host : hosts.subList(0, asked.length + 1)) {
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
    ConsulHost empty = host("empty").start();
    ConsulHost restored = host("restored");
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
    ConsulHost host = host("token");
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

  @Test
  void anAgentSaysItsStatusIfItsTokenMayWriteNothingElse() throws Exception {
    ConsulHost host = host("status");
    host.consul.allow(TOKEN, "stretcher/hosts/", "stretcher/desired/");
    host.environment.put("CONSUL_HTTP_TOKEN", TOKEN);
    host.start();
    host.awaitRefusals(3);

    host.awaitStored("\"state\":\"live\"");
    assertThat(host.refusals)
        .anyMatch(
            text ->
                text.contains("may not write stretcher/logs/web1/shop (Permission denied)")
                    && text.contains("key \"stretcher/logs/web1/shop\" { policy = \"write\" }"))
        .anyMatch(text -> text.contains("key \"dashboard/deploy/web1/shop\" {"))
        .anyMatch(text -> text.contains("key \"dashboard/deploy/web1/shop-deployed\" {"))
        .hasSize(3);
  }
}
