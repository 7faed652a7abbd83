package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.Release;
import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.benchmarks.measure.Sample;
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
import dev.stretcher.store.Listing;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged agent, resident, over a store in a directory. */
record ResidentAgent(KeyValueStore store, Nginx nginx, Process process) implements AutoCloseable {
  private static final AppName APP = new AppName("benchmark");
  private static final String NODE = "here";
  private static final Duration LONGEST_WATCH = Duration.ofSeconds(10);

  /**
   * Starts it.
   *
   * @param command of the agent, up to its subcommand
   * @param directory where its store will be
   */
  static ResidentAgent start(List<String> command, Path directory, Nginx nginx) throws IOException {
    URI store = URI.create("file:" + directory.resolve("fleet"));
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("agent", "--store=" + store, "--app=" + APP, "--node=" + NODE));
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("agent.log").toFile())
            .start();
    return new ResidentAgent(
        Stores.open(store, System.getenv(), ResidentAgent.class.getClassLoader()), nginx, process);
  }

  /** Measures from the begin of a rollout until the host says in the store that it is live. */
  Sample deploy(Release release) throws IOException, InterruptedException {
    try {
      return live(release);
    } catch (PublishedMeanwhileException | MalformedValueException e) {
      throw new IOException(e);
    }
  }

  private Sample live(Release release)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    String name = release.name() + ".yml";
    String digest =
        Program.run("sha256sum", nginx.documents().resolve(name).toString()).substring(0, 64);
    URI manifest = URI.create(nginx.url(name) + "#sha256=" + digest);
    long start = System.nanoTime();
    DesiredState desired =
        Fleet.over(store).rollout(new RolloutRequest(APP, manifest, release.name(), "benchmark"));
    Listing listing = statuses(0);
    while (!isLive(listing, desired)) {
      if (!process.isAlive()) {
        throw new IOException("the agent has ended with status " + process.exitValue());
      }
      listing = statuses(listing.version());
    }
    return Sample.since(start);
  }

  private Listing statuses(long known) throws IOException, InterruptedException {
    return store.watch(FleetKeys.host(NODE, APP), known, LONGEST_WATCH);
  }

  private static boolean isLive(Listing listing, DesiredState desired)
      throws IOException, MalformedValueException {
    for (KeyValue value : listing.entries()) {
      HostStatus status = HostStatus.parse(value.value());
      if (status.generation() == desired.generation()) {
        if (status.state() == HostState.FAILED) {
          throw new IOException(status.error().orElse("the deploy has failed"));
        }
        return status.state() == HostState.LIVE;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor(LONGEST_WATCH.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      store.close();
    }
  }
}
