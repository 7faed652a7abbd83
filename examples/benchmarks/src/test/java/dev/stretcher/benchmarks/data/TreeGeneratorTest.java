package dev.stretcher.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.contract.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeGeneratorTest {
  private static final TreeShape SHAPE = TreeShape.application(0.005);

  @TempDir Path directory;

  @Test
  void sizesAddUpToTheTotalAndAreMostlySmall() {
    long[] sizes = new LogNormalSizes(360_000_000).draw(8_000, new SplittableRandom(1));

    assertThat(LongStream.of(sizes).sum()).isBetween(360_000_000L - 8_000, 360_000_000L);
    assertThat(LongStream.of(sizes).sorted().toArray()[4_000]).isBetween(10_000L, 20_000L);
  }

  @Test
  void theTreeHasItsShape() throws Exception {
    Path tree = write("tree");

    try (Stream<Path> files = Files.walk(tree)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(40);
    }
    try (Stream<Path> files = Files.walk(tree)) {
      assertThat(files.filter(Files::isDirectory)).hasSize(1 + 3);
    }
  }

  @Test
  void theSameSeedGivesTheSameTree() throws Exception {
    Tools.require("rsync");

    DestCheck.contents(Trees.in(same("case"), write("tree")));
  }

  @Test
  void aStagingCopyIsEqual() throws Exception {
    Tools.require("rsync");
    Trees trees = Trees.in(Files.createDirectory(directory.resolve("case")), write("tree"));

    StagingCopy.copy(trees.reference(), trees.dest());

    DestCheck.contents(trees);
  }

  @Test
  void everyTenthFileChangesInSizeAndTime() throws Exception {
    Tools.require("rsync");
    Path tree = write("tree");
    Path changed = write("changed");

    new TreeGenerator(2).change(changed, SHAPE, 10);

    assertThat(Program.run("rsync", "-ani", changed + "/", tree + "/").lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith(">f.st......"));
  }

  private Path same(String name) throws Exception {
    Path root = Files.createDirectory(directory.resolve(name));
    write(name + "/dest");
    return root;
  }

  private Path write(String name) throws Exception {
    Path tree = directory.resolve(name);
    new TreeGenerator(1).write(tree, SHAPE);
    return tree;
  }
}
