package dev.stretcher.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileStoreProcessTest {
  /** How often a process is killed; a campaign takes more. */
  private static final int KILLS = Integer.getInteger("stretcher.kills", 2);

  /** A write takes some milliseconds. */
  private static final int LATEST_MICROS = 30_000;

  @TempDir Path temporary;

  @Test
  void whatAProcessWroteThatWasKilledIsWholeAndNothingOfItIsLost() throws Exception {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    Path directory = temporary.resolve("store");
    try (FileStore store = FileStore.in(directory, KernelClock.ofThisHost())) {
      store.write(List.of(Change.put("number", "0")));
      long counted = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        counted += writeUntilKilled(directory, store, random);

        assertThat(number(store))
            .as("-Dstretcher.seed=%d", seed)
            .isBetween(counted, counted + kill + 1);
        counted = number(store);
        String pair = Long.toString(counted).repeat(20_000);
        assertThat(store.list("").entries())
            .extracting(KeyValue::value)
            .containsExactly(pair, Long.toString(counted), pair);
      }
    }
  }

  /** Returns how often the process and this one have counted, as far as the process said so. */
  private long writeUntilKilled(Path directory, FileStore store, Random random) throws Exception {
    Path said = temporary.resolve("said");
    Listing known = store.list("number");
    Process process = start(directory, said);
    long counted = 0;
    try {
      // It is another process that this watch hears.
      while (store.list("number").entries().equals(known.entries())) {
        store.watch("number", known.version(), Duration.ofMinutes(1));
      }
      long end = System.nanoTime() + 1000L * random.nextInt(LATEST_MICROS);
      while (System.nanoTime() < end) {
        counted += StoreWriter.count(store) ? 1 : 0;
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return counted + Files.readString(said).lines().filter("done"::equals).count();
  }

  private static Process start(Path directory, Path said) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            StoreWriter.class.getName(),
            directory.toString())
        .redirectOutput(said.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long number(FileStore store) throws Exception {
    return Long.parseLong(store.get("number").orElseThrow().value());
  }
}
