package dev.stretcher.internal.omit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OmissionsTest {
  private static final int MANY = 100_000;
  private static final Ids OWNER = new Ids(1000, 100);

  private final Omissions omissions = new Omissions();

  @Test
  void whatIsLeftOutIsThereUntilItIsForgotten() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("stretcher.seed=" + seed);
    Random random = new Random(seed);
    Map<Path, Omitted> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Path path = Path.of("d" + random.nextInt(40), "f" + random.nextInt(60));
      if (random.nextInt(3) > 0) {
        Omitted file = omitted(random);
        omissions.add(path, file);
        expected.put(path, file);
      } else {
        omissions.remove(path);
        expected.remove(path);
      }
    }
    for (int i = 0; i < 40; i++) {
      Path directory = Path.of("d" + i);
      Set<Path> files = new HashSet<>(expected.keySet());
      files.removeIf(path -> !path.startsWith(directory));
      assertThat(
              omissions.in(directory).stream()
                  .map(file -> directory.resolve(file.name()))
                  .collect(Collectors.toList()))
          .containsExactlyInAnyOrderElementsOf(files);
      assertThat(omissions.isAnyIn(directory)).isEqualTo(!files.isEmpty());
    }
    expected.forEach((path, file) -> assertThat(omissions.get(path)).contains(file));
    assertThat(omissions.paths()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.keySet().forEach(omissions::remove);
    assertThat(omissions.isEmpty()).isTrue();
  }

  private static Omitted omitted(Random random) {
    return new Omitted(
        1 + random.nextInt(1 << 30),
        random.nextInt(010000),
        random.nextLong() >>> 1,
        random.nextInt(),
        random.nextInt(1_000_000_000),
        new Ids(random.nextInt(), random.nextInt()),
        DigestTable.NONE);
  }

  @Test
  void filesAreNotDirectories() {
    Path path = Path.of("d", "x");
    omissions.addDirectory(path, Omitted.directory(new FileMode(0755), Instant.EPOCH, OWNER));
    assertThat(omissions.get(path)).isEmpty();
    assertThat(omissions.isAnyIn(Path.of("d"))).isFalse();
    assertThat(omissions.in(Path.of("d"))).isEmpty();
    omissions.remove(path);
    assertThat(omissions.directories(Path.of("d"))).hasSize(1);
    omissions.removeDirectory(path);
    assertThat(omissions.isEmpty()).isTrue();
  }

  /** 300,000 of them have to fit into a heap of 92 MiB, with all that a deploy needs besides. */
  @Test
  void aFileTakesSomeHundredBytesWithItsNameAndDigest() {
    long before = heap();
    for (int i = 0; i < MANY; i++) {
      omissions.add(
          Path.of("directory" + i / 300, "some-file-" + i),
          i + 1,
          new FileMode(0644),
          i,
          Instant.ofEpochSecond(i, i),
          OWNER,
          Optional.of(new Digest(Digest.Algorithm.SHA256, "%064x".formatted(i))));
    }
    long bytes = (heap() - before) / MANY;
    assertThat(omissions.isEmpty()).isFalse();
    assertThat(bytes).isLessThan(135);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
