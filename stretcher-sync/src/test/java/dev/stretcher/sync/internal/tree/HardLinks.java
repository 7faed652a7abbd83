package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.directory.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes some files of a tree names of one file; equal trees become equal ones again. */
final class HardLinks {
  private HardLinks() {}

  static void add(Random random, Path root) throws IOException {
    if (random.nextInt(3) > 0) {
      return;
    }
    List<Path> files = files(root);
    for (int i = 0; i < files.size() / 4; i++) {
      Path first = files.get(random.nextInt(files.size()));
      Path second = files.get(random.nextInt(files.size()));
      Path parent = second.getParent();
      if (!first.equals(second) && Files.isWritable(parent)) {
        FileState state = FileState.read(parent);
        Files.delete(second);
        Files.createLink(second, first);
        Attributes.setTime(parent, state.modified());
      }
    }
  }

  private static List<Path> files(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .forEach(files::add);
    }
    return files;
  }
}
