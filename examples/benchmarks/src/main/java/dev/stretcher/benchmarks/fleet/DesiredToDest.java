package dev.stretcher.benchmarks.fleet;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRequest;
import dev.stretcher.fleet.Stores;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long a warm agent takes from the moment when something is desired to the moment when
 * it is in dest, and fills a store with the statuses of hosts.
 */
public final class DesiredToDest {
  private static final AppName APP = new AppName("shop");
  private static final long LOOK_NANOS = 200_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private DesiredToDest() {}

  /**
   * Runs it.
   *
   * @param args {@code fill STORE HOSTS}, or {@code measure STORE FILE ROUNDS URL...}: FILE is one
   *     of dest that has the fragment-less end of the URL in it, and ROUNDS go over all URLs
   */
  public static void main(String[] args) throws Exception {
    try (KeyValueStore store =
        Stores.open(URI.create(args[1]), System.getenv(), DesiredToDest.class.getClassLoader())) {
      if (args[0].equals("fill")) {
        fill(store, Integer.parseInt(args[2]));
      } else {
        List<String> urls = Arrays.asList(args).subList(4, args.length);
        measure(store, Path.of(args[2]), Integer.parseInt(args[3]), urls);
      }
    }
  }

  private static void fill(KeyValueStore store, int hosts)
      throws IOException, InterruptedException {
    for (int i = 0; i < hosts; i++) {
      String node = "host-" + i;
      HostStatus status =
          new HostStatus(
              node,
              APP,
              1,
              Optional.of("v1"),
              HostState.LIVE,
              Optional.of("v1"),
              Instant.now(),
              Optional.empty(),
              Optional.empty(),
              1,
              1,
              "");
      store.write(List.of(Change.put(FleetKeys.host(node, APP), status.json())));
    }
  }

  private static void measure(KeyValueStore store, Path file, int rounds, List<String> urls)
      throws Exception {
    double[] millis = new double[rounds];
    for (int i = -1; i < rounds; i++) {
      URI url = URI.create(urls.get(Math.floorMod(i, urls.size())));
      String version = url.getPath().replaceAll(".*/|\\.yml$", "");
      long start = System.nanoTime();
      Fleet.over(store).rollout(new RolloutRequest(APP, url, version, "benchmark"));
      while (!version.equals(content(file))) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
      }
      // Status and log are written behind the deploy; the next one begins at rest.
      Thread.sleep(500);
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "median %.0f ms, least %.0f, most %.0f, of %s%n",
        millis[rounds / 2],
        millis[0],
        millis[rounds - 1],
        Integer.toString(rounds));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
