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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
      CompletableFuture<List<Sample>> gaps = new CompletableFuture<>();
      Thread reader = new Thread(() -> complete(gaps, dest.resolve("current")));
      reader.start();
      List<Sample> deploys = new ArrayList<>();
      for (int i = 0; i < SWITCHES; i++) {
        long start = System.nanoTime();
        stretcher.deploy(manifests.get(i % 2));
        deploys.add(Sample.since(start));
      }
      return new Result(new Samples(gaps.get()), new Samples(deploys));
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

  private static void complete(CompletableFuture<List<Sample>> gaps, Path link) {
    try {
      gaps.complete(watch(link));
    } catch (IOException e) {
      // There was a moment without the link.
      gaps.completeExceptionally(e);
    }
  }

  /** Looks the link up until it has changed so many times. */
  private static List<Sample> watch(Path link) throws IOException {
    List<Sample> gaps = new ArrayList<>();
    Path before = Files.readSymbolicLink(link);
    long seen = System.nanoTime();
    while (gaps.size() < SWITCHES) {
      Path now = Files.readSymbolicLink(link);
      if (!now.equals(before)) {
        gaps.add(Sample.since(seen));
        before = now;
      }
      seen = System.nanoTime();
    }
    return gaps;
  }
}
