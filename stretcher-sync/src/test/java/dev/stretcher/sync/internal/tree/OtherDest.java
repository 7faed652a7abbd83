package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.directory.FileState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes a dest of another version, with changes that sizes and times do not show: other contents of
 * the same size and time, the same contents with other times, directories with other names. Equal
 * trees become equal ones again.
 */
final class OtherDest {
  private final Random random;
  private final Path root;

  OtherDest(Random random, Path root) {
    this.random = random;
    this.root = root;
  }

  void change() throws IOException {
    boolean everyTime = random.nextInt(3) == 0;
    for (Path file : KnownFiles.in(root)) {
      FileState state = FileState.read(file);
      if (random.nextInt(5) == 0) {
        rewrite(file, state);
      }
      Instant time = everyTime || random.nextInt(5) == 0 ? otherTime() : state.modified();
      Attributes.setTime(file, time);
      Files.setAttribute(file, "unix:mode", state.mode());
    }
    if (random.nextInt(3) == 0) {
      renameOne();
    }
  }

  private Instant otherTime() {
    return Instant.ofEpochSecond(1_500_000_000 + random.nextInt(3), random.nextInt(2) * 4711);
  }

  private static void rewrite(Path file, FileState state) throws IOException {
    Files.setAttribute(file, "unix:mode", 0600);
    String content = "x".repeat((int) state.size());
    // Not with CREATE, which the kernel refuses root, too, in a sticky directory of somebody else.
    Files.writeString(
        file,
        content,
        StandardCharsets.ISO_8859_1,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void renameOne() throws IOException {
    List<Path> directories = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(path -> !path.equals(root) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .forEach(directories::add);
    }
    if (!directories.isEmpty()) {
      Path chosen = directories.get(random.nextInt(directories.size()));
      Path parent = chosen.getParent();
      FileState state = FileState.read(parent);
      Path other = parent.resolve("renamed");
      if (Files.isWritable(parent) && Files.isWritable(chosen) && Files.notExists(other)) {
        Files.move(chosen, other);
        Attributes.setTime(parent, state.modified());
      }
    }
  }
}
