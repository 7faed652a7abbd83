package dev.stretcher.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents that dest has under other names are copied from there and not fetched. */
class RenamedTocTest extends TocFixture {
  private static final String ONLY_THE_END = "bytes=-262144";

  private void publish() throws Exception {
    pack();
    server.put(Files.readAllBytes(app.archive()));
  }

  /** Gives all directories other names, so that no file is where it was. */
  private void renameAll() throws Exception {
    Files.createDirectory(tree.resolve("moved"));
    for (int i = 0; i < 20; i++) {
      String name = "d%02d".formatted(i);
      Files.move(tree.resolve(name), tree.resolve("moved").resolve(name));
    }
    publish();
  }

  @Test
  void renamedDirectoriesCostNothing() throws Exception {
    renameAll();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests()).containsExactly(ONLY_THE_END);
    assertThat(result.err()).contains("in 1 range; 200 of 200 files are in dest");
  }

  @Test
  void aContentGetsItsNewTimeAndAllItsNames() throws Exception {
    byte[] content = Files.readAllBytes(tree.resolve("d03/f003"));
    for (int i = 0; i < 3; i++) {
      Path file = Files.write(tree.resolve("copy" + i), content);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L + i * 1000));
    }
    publish();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests()).containsExactly(ONLY_THE_END);
    assertThat(result.err()).contains("203 of 203 files are in dest");
  }

  /** Its member has contents that are fetched, too. */
  @Test
  void aRenamedFileMayLieAmongChangedOnes() throws Exception {
    Files.move(tree.resolve("d03"), tree.resolve("e03"));
    write("e03/f023", SMALL, 9023);
    publish();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.bytes()).isLessThan((256 << 10) + 2 * (64 << 10));
    assertThat(result.err()).contains("199 of 200 files are in dest");
  }

  @Test
  void anotherContentOfTheSameSizeAndTimeIsFetched() throws Exception {
    renameAll();
    Path changed = app.dest().resolve("d03/f003");
    FileTime time = Files.getLastModifiedTime(changed);
    Files.write(changed, new byte[SMALL]);
    Files.setLastModifiedTime(changed, time);

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests()).hasSize(2);
    assertThat(result.err()).contains("199 of 200 files are in dest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "changed", "link", "link to a directory", "named pipe"})
  void whatIsNotTheFileThatWasDeployedIsNotRead(String what) throws Exception {
    renameAll();
    replace(app.dest().resolve("d03/f003"), what);

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    int lacking = what.equals("link to a directory") ? 10 : 1;
    assertThat(result.err()).contains(200 - lacking + " of 200 files are in dest");
    assertThat(server.wholes()).isZero();
  }

  /** What a link leads to has the content: only the link itself is wrong. */
  private void replace(Path file, String what) throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    switch (what) {
      case "gone" -> Files.delete(file);
      case "changed" -> Files.setLastModifiedTime(file, FileTime.fromMillis(1_500_000_000_000L));
      case "link" -> moveAndLink(file, elsewhere);
      case "link to a directory" -> moveAndLink(file.getParent(), elsewhere);
      default -> {
        Files.delete(file);
        TestApp.exec("mkfifo", file.toString());
      }
    }
  }

  private static void moveAndLink(Path path, Path elsewhere) throws IOException {
    Files.move(path, elsewhere);
    Files.createSymbolicLink(path, elsewhere);
  }

  @Test
  void whatAPreCommandTakesAwayWasCopiedBefore() throws Exception {
    renameAll();

    Cli.Result result =
        deploy(
            "commands:", "  pre:", "    - rm -r %s/d03 %s/d10".formatted(app.dest(), app.dest()));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests()).containsExactly(ONLY_THE_END);
  }

  /** What was deployed before is known from that deploy, which may itself have copied contents. */
  @Test
  void anyOrderOfChangesAndRenamesMakesTheTree() throws Exception {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 12; i++) {
        change(random);
      }
      publish();

      Cli.Result result = deploy();

      assertThat(result.exitCode()).as("seed %s: %s", seed, result.err()).isZero();
      assertThat(described(app.dest())).as("seed %s", seed).isEqualTo(described(tree));
      assertThat(server.wholes()).as("seed %s", seed).isZero();
    }
  }

  private void change(Random random) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(tree)) {
      files = all.filter(path -> Files.isRegularFile(path, NOFOLLOW_LINKS)).sorted().toList();
    }
    Path file = files.get(random.nextInt(files.size()));
    Path other = files.get(random.nextInt(files.size()));
    switch (random.nextInt(4)) {
      case 0 -> Files.move(file, file.resolveSibling("m" + random.nextInt()));
      case 1 -> {
        if (!file.getParent().equals(tree)) {
          Files.move(file.getParent(), tree.resolve("n" + random.nextInt()));
        }
      }
      case 2 -> rewrite(file, new byte[(int) Files.size(file)], random);
      default -> {
        byte[] content = Files.readAllBytes(file);
        rewrite(file, Files.readAllBytes(other), random);
        rewrite(other, content, random);
      }
    }
  }

  /** Times differ by seconds, as tree compares them, and are often those that a file had before. */
  private static void rewrite(Path file, byte[] content, Random random) throws IOException {
    Files.write(file, content);
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(1_600_000_000_000L + 1000L * random.nextInt(3)));
  }

  @Test
  void aPlanCountsThemAndReadsNone() throws Exception {
    renameAll();
    var before = described(app.dest());

    Cli.Result result =
        run(
            List.of("--retry=0", "deploy", "--dry-run", app.write(manifest()).toString()),
            "",
            environment());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(server.requests()).containsExactly(ONLY_THE_END);
    assertThat(described(app.dest())).isEqualTo(before);
    assertThat(result.err()).contains("200 of 200 files are in dest", "moved");
    assertNothingIsLeft();
  }
}
