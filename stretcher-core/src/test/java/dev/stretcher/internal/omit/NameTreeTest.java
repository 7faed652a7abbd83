package dev.stretcher.internal.omit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.text.NativeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameTreeTest {
  private final NameTree tree = new NameTree(7);

  @Test
  void aNameHasTheNumberThatItGot() {
    Map<Path, Integer> numbers = new HashMap<>();
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("stretcher.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Path path = path(random);
      int found = tree.find(path);
      int number = tree.add(path);
      assertThat(found).isEqualTo(numbers.containsKey(path) ? number : NameTree.NONE);
      for (Path each = path; each != null; each = each.getParent()) {
        numbers.putIfAbsent(each, tree.find(each));
      }
    }
    numbers.forEach(
        (path, number) -> {
          assertThat(tree.find(path)).isEqualTo(number);
          assertThat(tree.path(number)).isEqualTo(path);
        });
    assertThat(tree.size()).isEqualTo(numbers.size() + 1);
  }

  @Test
  void aDirectoryHasASmallerNumberThanWhatIsInIt() {
    int deep = tree.add(Path.of("a/b/c"));
    assertThat(tree.find(Path.of("a/b"))).isLessThan(deep).isGreaterThan(tree.find(Path.of("a")));
    assertThat(tree.find(Path.of(""))).isEqualTo(NameTree.ROOT);
    assertThat(tree.path(NameTree.ROOT)).isEqualTo(Path.of(""));
  }

  @Test
  void namesAreBytesOfAnyLength() {
    byte[] name = ("x".repeat(250) + "\u00e4").getBytes(StandardCharsets.UTF_8);
    name[0] = (byte) 0xff;
    Path path = NativeText.path(name);
    for (int i = 0; i < 1000; i++) {
      tree.add(Path.of(i + "y".repeat(200)));
    }
    assertThat(NativeText.bytes(tree.path(tree.add(path)))).isEqualTo(name);
  }

  private static Path path(Random random) {
    StringBuilder path = new StringBuilder("r");
    for (int depth = random.nextInt(5); depth >= 0; depth--) {
      path.append(random.nextInt(12)).append(depth == 0 ? "" : "/n");
    }
    return Path.of(path.toString());
  }
}
