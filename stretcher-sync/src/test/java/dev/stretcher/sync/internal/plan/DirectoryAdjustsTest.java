package dev.stretcher.sync.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.text.NativeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectoryAdjustsTest {
  private static final Path DIRECTORY = Path.of("a/b");

  private static final List<Kind> KINDS = List.of(Kind.FILE, Kind.DIRECTORY, Kind.BLOCK_DEVICE);

  private final DirectoryAdjusts adjusts = new DirectoryAdjusts(DIRECTORY);

  @Test
  void allThatIsPutComesBack() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("stretcher.seed=" + seed);
    Random random = new Random(seed);
    List<Adjust> put = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      byte[] text = ("n" + i + "\u00fc").getBytes(StandardCharsets.ISO_8859_1);
      put.add(new Adjust(DIRECTORY, NativeText.path(text), state(random), state(random)));
    }
    put.forEach(each -> adjusts.put(each.name(), each.staged(), each.dest()));
    assertThat(adjusts.complete()).containsExactlyElementsOf(put);
    assertThat(adjusts).hasSize(put.size());
  }

  private static FileState state(Random random) {
    int few = random.nextInt(3);
    return new FileState(
        KINDS.get(few),
        few * 01111,
        random.nextLong() >> random.nextInt(64),
        random.nextLong() >> random.nextInt(64),
        random.nextInt(1_000_000_000),
        few == 0 ? -2 : few,
        few,
        few,
        few == 2 ? random.nextLong() : 0);
  }

  @Test
  void aFileOfANewBuildTakesFewBytesBesidesItsName() {
    for (int i = 0; i < 1000; i++) {
      FileState staged = new FileState(Kind.FILE, 0644, 20_000, 2_000_000_000 + i, 0, 0, 0, 0, 0);
      FileState dest =
          new FileState(Kind.FILE, 0644, 20_000, 1_900_000_000 - i, 999_999_999, 0, 0, 1, 0);
      adjusts.put(Path.of("n" + i), staged, dest);
    }
    assertThat(adjusts.complete().bytes()).isLessThan(25 * 1000);
  }
}
