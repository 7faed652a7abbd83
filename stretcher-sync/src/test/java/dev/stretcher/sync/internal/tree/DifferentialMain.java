package dev.stretcher.sync.internal.tree;

import dev.stretcher.process.Workers;
import dev.stretcher.sync.internal.directory.Privilege;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/**
 * Compares syncs with those of rsync, in the JVM of a test or in one of another user: {@code SEED
 * COUNT DIRECTORY}. Exits with 1 after the first difference, which it prints.
 */
final class DifferentialMain {
  private DifferentialMain() {}

  public static void main(String[] args) throws Exception {
    Queue<String> differences =
        run(Long.parseLong(args[0]), Integer.parseInt(args[1]), Path.of(args[2]));
    differences.forEach(System.out::println);
    System.exit(differences.isEmpty() ? 0 : 1);
  }

  /** Runs cases with seeds from {@code seed} on; returns the differences. */
  static Queue<String> run(long seed, int count, Path directory)
      throws IOException, InterruptedException {
    Queue<String> differences = new ConcurrentLinkedQueue<>();
    List<Long> seeds = LongStream.range(seed, seed + count).boxed().toList();
    Workers.forThisMachine("stretcher-sync")
        .forEach(
            seeds,
            each -> {
              if (differences.isEmpty()) {
                differences.addAll(runCase(each, directory.resolve("case" + each)));
              }
            });
    return differences;
  }

  private static List<String> runCase(long seed, Path directory)
      throws IOException, InterruptedException {
    Files.createDirectory(directory);
    boolean privileged = Privilege.ofThisProcess() == Privilege.ROOT;
    DifferentialCase each = new DifferentialCase(seed, directory, privileged);
    List<String> differences = each.run();
    if (differences.isEmpty()) {
      remove(directory);
      Files.createDirectory(directory);
      differences = each.runByDigests();
    }
    if (differences.isEmpty()) {
      remove(directory);
      return differences;
    }
    return List.of(
        "stretcher.seed="
            + seed
            + "\n"
            + String.join("\n", differences)
            + "\n"
            + each.rsyncOutput());
  }

  /** An rsync that failed may still be removing its temporary files when it has exited. */
  private static void remove(Path path) throws IOException {
    try {
      removeContent(path);
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(path);
  }

  private static void removeContent(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.setAttribute(path, "unix:mode", 0700);
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          remove(child);
        }
      }
    }
  }
}
