package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.DeployRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which deploy a report belongs to. */
@Timeout(60)
class DeployIdentityTest extends StretcherFixture {
  /** Hears which deploy each report belongs to. */
  private static final class ByDeploy implements DeployListener {
    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private final List<DeployIdentity> deploys = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(DeployEvent event) {
      throw new AssertionError("comes with its deploy");
    }

    @Override
    public void onEvent(DeployIdentity deploy, DeployEvent event) {
      deploys.add(deploy);
      heard
          .computeIfAbsent(deploy.id().orElseThrow(), id -> new CopyOnWriteArrayList<>())
          .add(event.getClass().getSimpleName());
    }
  }

  @Test
  void eachReportKnowsItsDeployAlsoIfSeveralRunAtOnce() throws Exception {
    memory.put("/a.yml", "commands: {pre: [talk], success: [talk]}");
    ByDeploy listener = new ByDeploy();
    Stretcher stretcher = stretcher().listener(listener).hookRunner(chatty(2, 50)).build();

    List<Thread> threads =
        IntStream.range(0, 3)
            .mapToObj(i -> new Thread(() -> deployed(stretcher, URI.create("mem:/a.yml?" + i))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(listener.heard).hasSize(3);
    assertThat(listener.heard.values())
        .allSatisfy(
            events ->
                assertThat(events)
                    .startsWith("Started")
                    .endsWith("Done")
                    .hasSize(4 + 2 * (1 + 100 + 1) + 2));
    assertThat(listener.deploys)
        .allSatisfy(deploy -> assertThat(deploy.manifest().orElseThrow()).hasScheme("mem"));
    assertThat(Set.copyOf(listener.deploys)).hasSize(3);
  }

  private static void deployed(Stretcher stretcher, URI manifest) {
    try {
      stretcher.deploy(manifest);
    } catch (StretcherException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theManifestIsKnownFromTheEventOnAndDestFromTheManifestOn() throws Exception {
    putApp("");
    List<DeployIdentity> deploys = new ArrayList<>();
    List<String> names = new ArrayList<>();
    DeployListener listener =
        new DeployListener() {
          @Override
          public void onEvent(DeployEvent event) {}

          @Override
          public void onEvent(DeployIdentity deploy, DeployEvent event) {
            deploys.add(deploy);
            names.add(event.getClass().getSimpleName());
          }
        };

    stretcher().listener(listener).build().deployNext(events(DeployRequest.of(MANIFEST, "x")));

    assertThat(deploys.get(names.indexOf("WaitingForEvent")).manifest()).isEmpty();
    assertThat(deploys.get(names.indexOf("EventReceived")).manifest()).contains(MANIFEST);
    assertThat(deploys.get(names.indexOf("LoadingManifest")).dest()).isEmpty();
    assertThat(deploys.get(names.indexOf("ExecutingManifest")).dest())
        .contains(directory.resolve("app"));
  }
}
