package dev.stretcher.benchmarks.deploy;

import dev.stretcher.Stretcher;
import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.benchmarks.measure.Samples;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Measures how long a switch takes for those who look the link up: the time between the last
 * look-up that finds the old release and the first one that finds the new one. The library switches
 * in this JVM between two releases that are there, while a thread does nothing but look up.
 */
record SwitchMeasurement(Path scratch) {
  private static final int SWITCHES = 200;

  /**
   * What was found.
   *
   * @param gaps between the two look-ups, for each switch
   * @param deploys the deploys that switched, from the lock to the last line of the ledger
   */
  record Result(Samples gaps, Samples deploys) {}

  Result run() throws IOException, InterruptedException {
    Files.createDirectories(scratch);
    Path dest = scratch.resolve("dest");
    List<URI> manifests = List.of(manifest("a", dest), manifest("b", dest));
    try (Stretcher stretcher =
        Stretcher.builder().ledger(Ledger.in(scratch.resolve("state"))).build()) {
      for (URI manifest : manifests) {
        stretcher.deploy(manifest);
      }
      BlockingQueue<CompletableFuture<Sample>> changes = new LinkedBlockingQueue<>();
      Thread reader = new Thread(() -> watch(dest.resolve("current"), changes));
      reader.setDaemon(true);
      reader.start();
      changes.take().get();
      List<Sample> gaps = new ArrayList<>();
      List<Sample> deploys = new ArrayList<>();
      for (int i = 0; i < SWITCHES; i++) {
        long start = System.nanoTime();
        stretcher.deploy(manifests.get(i % 2));
        deploys.add(Sample.since(start));
        // A reader that has no processor for the time of two switches would not see them.
        gaps.add(changes.take().get());
      }
      return new Result(new Samples(gaps), new Samples(deploys));
    } catch (StretcherException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  private URI manifest(String id, Path dest) throws IOException, InterruptedException {
    Path tree = Files.createDirectory(scratch.resolve(id));
    Files.writeString(tree.resolve("version"), id);
    Path archive = scratch.resolve(id + ".tar");
    Program.run("tar", "-cf", archive.toString(), "-C", tree.toString(), ".");
    return Files.writeString(
            scratch.resolve(id + ".yml"),
            """
            src: %s
            checksum: %s
            dest: %s
            sync_strategy: release
            release: {id: %s}
            """
                .formatted(
                    archive.toUri(),
                    Program.run("sha256sum", archive.toString()).substring(0, 64),
                    dest,
                    id))
        .toUri();
  }

  private static void watch(Path link, BlockingQueue<CompletableFuture<Sample>> changes) {
    try {
      tell(link, changes);
    } catch (IOException e) {
      // There was a moment without the link.
      changes.add(CompletableFuture.failedFuture(e));
    }
  }

  /**
   * Looks the link up until it has changed so many times; tells of the first time, and of each
   * change.
   */
  private static void tell(Path link, BlockingQueue<CompletableFuture<Sample>> changes)
      throws IOException {
    Path before = Files.readSymbolicLink(link);
    long seen = System.nanoTime();
    changes.add(CompletableFuture.completedFuture(Sample.since(seen)));
    int switches = 0;
    while (switches < SWITCHES) {
      Path now = Files.readSymbolicLink(link);
      if (!now.equals(before)) {
        changes.add(CompletableFuture.completedFuture(Sample.since(seen)));
        before = now;
        switches++;
      }
      seen = System.nanoTime();
    }
  }
}
