package dev.stretcher.benchmarks.fleet;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.Stores;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures from the start of {@code stretcher publish}, with its JVM, to the moment when the last
 * host of a fleet of warm agents says that the version is live there.
 */
public final class PublishToLive {
  static final AppName APP = new AppName("shop");

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final double NANOS_PER_MILLI = 1e6;

  /** Rounds that are not counted: an agent is warm after some. */
  private static final int WARM_UPS = 5;

  private final KeyValueStore store;
  private final int hosts;
  private final List<String> command;

  private PublishToLive(KeyValueStore store, int hosts, List<String> command) {
    this.store = store;
    this.hosts = hosts;
    this.command = command;
  }

  /**
   * Runs it.
   *
   * @param args the store, how many hosts there are, how many rounds are counted, the file of the
   *     published directory that is changed each time, and the command that publishes, to which
   *     {@code --id=} is added
   */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[2]);
    Path file = Path.of(args[3]);
    double[] millis = new double[rounds];
    try (KeyValueStore store =
        Stores.open(URI.create(args[0]), System.getenv(), PublishToLive.class.getClassLoader())) {
      PublishToLive measured =
          new PublishToLive(
              store, Integer.parseInt(args[1]), Arrays.asList(args).subList(4, args.length));
      for (int i = -WARM_UPS; i < rounds; i++) {
        String id = "v" + (i + WARM_UPS);
        Files.writeString(file, id);
        // Files of one size and time count as the same.
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + i)));
        double took = measured.once(id);
        if (i >= 0) {
          millis[i] = took;
        }
        // Logs are written behind the deploys; the next one begins at rest.
        Thread.sleep(500);
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s hosts live after publish: median %.0f ms, least %.0f, most %.0f, of %s%n",
        args[1],
        millis[rounds / 2],
        millis[0],
        millis[rounds - 1],
        Integer.toString(rounds));
  }

  private double once(String id) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.add("--id=" + id);
    long start = System.nanoTime();
    Process publish =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log()).start();
    awaitLive(id, publish);
    double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
    if (publish.waitFor() != 0) {
      throw new IOException("publish has failed: " + Files.readString(log().file().toPath()));
    }
    return millis;
  }

  private static ProcessBuilder.Redirect log() {
    return ProcessBuilder.Redirect.to(
        Path.of(System.getProperty("java.io.tmpdir"), "publish.log").toFile());
  }

  private void awaitLive(String id, Process publish) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    Listing listing = store.watch(FleetKeys.HOSTS, 0, LONGEST);
    while (!areLive(listing, id)) {
      boolean failed = !publish.isAlive() && publish.exitValue() != 0;
      if (failed || System.nanoTime() > end) {
        throw new IOException(
            "%s is not live everywhere: %s".formatted(id, Files.readString(log().file().toPath())));
      }
      listing = store.watch(FleetKeys.HOSTS, listing.version(), Duration.ofSeconds(2));
    }
  }

  private boolean areLive(Listing listing, String id) throws Exception {
    int live = 0;
    for (KeyValue each : listing.entries()) {
      HostStatus status = HostStatus.parse(each.value());
      boolean isLive = status.state() == HostState.LIVE && status.live().equals(Optional.of(id));
      live += isLive ? 1 : 0;
    }
    return live == hosts;
  }
}
