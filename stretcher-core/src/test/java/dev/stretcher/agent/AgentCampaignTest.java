package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Agents with much to do, or with many apps. {@code -Dstretcher.deploys} and {@code
 * -Dstretcher.apps} say how much.
 */
@Timeout(3600)
class AgentCampaignTest extends AgentFixture {
  private static final int WARM = 20;

  private volatile long begun;

  @Override
  public void onStatus(HostStatus status) {
    if (status.state() == HostState.FETCHING && begun == 0) {
      begun = System.nanoTime();
    }
    super.onStatus(status);
  }

  @Test
  void doesNotGrowWithItsDeploys() throws Exception {
    int deploys = Integer.getInteger("stretcher.deploys", 50);
    String[] versions = {publish("v0", "").toString(), publish("v1", "").toString()};
    start();
    long[] nanos = new long[deploys];
    long[] beginnings = new long[deploys];
    long[] before = {};
    for (int i = 1; i <= deploys; i++) {
      String json = desired(i, "v" + i % 2, java.net.URI.create(versions[i % 2])).json();
      begun = 0;
      long start = System.nanoTime();
      store.put(FleetKeys.desired(SHOP), json);
      await(HostState.LIVE, i);
      nanos[i - 1] = System.nanoTime() - start;
      beginnings[i - 1] = begun - start;
      forget();
      if (i == WARM) {
        before = usage();
      }
    }
    long[] after = usage();
    Arrays.sort(nanos);
    Arrays.sort(beginnings);
    System.out.println(
        "%s deploys: begun after %s us, live after %s us (medians); heap, threads, descriptors %s, then %s"
            .formatted(
                Integer.toString(deploys),
                Long.toString(beginnings[deploys / 2] / 1000),
                Long.toString(nanos[deploys / 2] / 1000),
                Arrays.toString(before),
                Arrays.toString(after)));
    assertThat(after[0]).isLessThan(before[0] + (12L << 20));
    assertThat(after[1]).isLessThan(before[1] + 8);
    assertThat(after[2]).isLessThan(before[2] + 8);
  }

  @Test
  void appsThatAreLiveCostNoThread() throws Exception {
    int count = Integer.getInteger("stretcher.apps", 50);
    AppName[] apps =
        IntStream.range(0, count).mapToObj(i -> new AppName("app" + i)).toArray(AppName[]::new);
    long[] before = usage();
    start(builder(store, apps).build());
    awaitReady();
    pauses.awaitLater(1);
    long[] after = usage();
    System.out.println(
        "%s apps: heap, threads, descriptors %s, then %s"
            .formatted(Integer.toString(count), Arrays.toString(before), Arrays.toString(after)));
    assertThat(after[1]).isLessThan(before[1] + 8);
    assertThat(store.watching()).isLessThanOrEqualTo(1);
  }

  private static long[] usage() throws Exception {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new long[] {
      runtime.totalMemory() - runtime.freeMemory(),
      ManagementFactory.getThreadMXBean().getThreadCount(),
      Path.of("/proc/self/fd").toFile().list().length
    };
  }
}
