package dev.stretcher;

import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renames, and can say so: it names what is in the tree and what is in dest. */
class PlanningSyncer extends RenameSyncer {
  @Override
  public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    names(tree.root()).forEach(name -> lines.add("create " + name));
    if (Files.exists(target.dest())) {
      names(target.dest()).forEach(name -> lines.add("delete " + name));
    }
    return Optional.of(new SyncPlan(lines, lines.size() + " operations"));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
