package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** An application of many small files, as it is and as it is going to be. */
final class TwoVersions {
  private static final int FILES = 1000;

  private final Path old;
  private final Path fresh;

  TwoVersions(Path directory) throws IOException {
    old = directory.resolve("old");
    fresh = directory.resolve("fresh");
    for (int i = 0; i < FILES; i++) {
      write(old, i, "old");
      // Most are replaced, some stay, some go, some are new.
      write(fresh, i % 10 == 0 ? i + FILES : i, i % 10 == 1 ? "old" : "fresh");
    }
  }

  private static void write(Path tree, int i, String version) throws IOException {
    Path file = file(tree, i);
    Files.createDirectories(file.getParent());
    Files.writeString(file, version + " " + i + "\n".repeat(i % 100));
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(version.equals("old") ? 1_000_000 : 2_000_000));
  }

  private static Path file(Path tree, int i) {
    return tree.resolve("d" + i % 50).resolve("e" + i % 7).resolve("f" + i);
  }

  void packOld(Path archive) throws IOException, InterruptedException {
    pack(old, archive);
  }

  void packFresh(Path archive) throws IOException, InterruptedException {
    pack(fresh, archive);
  }

  private static void pack(Path tree, Path archive) throws IOException, InterruptedException {
    TestApp.exec("tar", "-czf", archive.toString(), "-C", tree.toString(), ".");
  }

  void putOld(Path dest) throws IOException, InterruptedException {
    TestApp.exec("rsync", "-a", "--delete", old + "/", dest + "/");
  }

  /** Returns what rsync would still do to make {@code dest} the new version. */
  String difference(Path dest) throws IOException, InterruptedException {
    return difference(fresh, dest);
  }

  /** Returns what rsync would still do to make {@code dest} the old version. */
  String differenceFromOld(Path dest) throws IOException, InterruptedException {
    return difference(old, dest);
  }

  private static String difference(Path tree, Path dest) throws IOException, InterruptedException {
    return TestApp.output("rsync", "-a", "--delete", "-nic", tree + "/", dest + "/");
  }

  /** Fails unless each file is the old or the new one; tells whether there are some of each. */
  boolean requireEachFileOldOrNew(Path dest) throws IOException {
    int fresher = 0;
    try (Stream<Path> paths = Files.walk(dest)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          Path relative = dest.relativize(path);
          String content = Files.readString(path);
          assertThat(contentsOf(relative)).as(relative.toString()).contains(content);
          fresher += content.startsWith("fresh") ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < FILES; i++) {
      Path file = file(dest, i);
      assertThat(i % 10 == 0 || Files.exists(file)).as(file.toString()).isTrue();
    }
    return fresher > 0 && fresher < FILES * 9 / 10;
  }

  private List<String> contentsOf(Path relative) throws IOException {
    Stream.Builder<String> contents = Stream.builder();
    for (Path tree : List.of(old, fresh)) {
      if (Files.exists(tree.resolve(relative))) {
        contents.add(Files.readString(tree.resolve(relative)));
      }
    }
    return contents.build().toList();
  }
}
