package dev.stretcher.sync.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random patterns on random trees; {@code -Dstretcher.campaign=N} tries N times as many. */
class FilterDifferentialTest {
  private static final int TREES = 25;
  private static final int LISTS_FOR_EACH_TREE = 10;

  /** Most of the time of an rsync goes into waiting. */
  private static final int THREADS = 8;

  @TempDir private Path directory;

  @Test
  void excludesWhatRsyncExcludes() throws Exception {
    Tools.require("rsync");
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("stretcher.seed=" + seed);
    int trees = Integer.getInteger("stretcher.campaign", 1) * TREES;
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int i = 0; i < trees; i++) {
        long each = seed + i;
        all.add(executor.submit(() -> differences(each)));
      }
      List<String> differences = new ArrayList<>();
      for (Future<List<String>> each : all) {
        differences.addAll(each.get());
      }
      assertThat(differences).isEmpty();
    } finally {
      executor.shutdownNow();
    }
  }

  private List<String> differences(long seed) throws IOException, InterruptedException {
    RandomFilters random = new RandomFilters(seed);
    Names tree = random.tree();
    Path root = Files.createTempDirectory(directory, "tree");
    tree.writeTo(root.resolve("src"));
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < LISTS_FOR_EACH_TREE; i++) {
      byte[] file = random.file(tree);
      List<String> excludes = random.arguments(tree);
      compare(tree, root.resolve("src"), file, excludes)
          .ifPresent(text -> differences.add("stretcher.seed=" + seed + ": " + text));
    }
    return differences;
  }

  private static Optional<String> compare(Names tree, Path root, byte[] file, List<String> excludes)
      throws IOException, InterruptedException {
    String patterns =
        visible(new String(file, StandardCharsets.ISO_8859_1)) + " and " + visible(excludes);
    Optional<Set<String>> theirs = RealRsync.names(root, file, excludes);
    try {
      Set<String> ours = tree.without(FilterRules.of(file, excludes));
      return theirs.equals(Optional.of(ours))
          ? Optional.empty()
          : Optional.of(patterns + theirs.map(names -> report(ours, names)).orElse(" is refused"));
    } catch (IOException e) {
      boolean named = Stream.of("'+ '", "'- '").anyMatch(e.getMessage()::contains);
      return theirs.isEmpty() && named ? Optional.empty() : Optional.of(patterns + ": " + e);
    }
  }

  private static String report(Set<String> ours, Set<String> theirs) {
    Set<String> all = new TreeSet<>(ours);
    all.addAll(theirs);
    return all.stream()
        .filter(name -> !(ours.contains(name) && theirs.contains(name)))
        .map(name -> (ours.contains(name) ? "\n  only we copy " : "\n  only rsync copies ") + name)
        .map(line -> visible(line).replaceFirst("<LF>", "\n"))
        .collect(Collectors.joining());
  }

  private static String visible(List<String> patterns) {
    return patterns.stream().map(FilterDifferentialTest::visible).toList().toString();
  }

  private static String visible(String text) {
    return Pattern.compile("[^\\x20-\\x7e]")
        .matcher(text)
        .replaceAll(
            each ->
                each.group().equals("\n")
                    ? "<LF>"
                    : "<%02x>".formatted((int) each.group().charAt(0)));
  }
}
