package dev.stretcher.examples;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Also for the modules that are not published, whose rooms no ArchUnit test lists. */
class RoomSizesTest {
  private static final long MOST_FILES = 26;
  private static final int MODULES = 7;

  @Test
  void eachRoomOfEachModuleCanBeOverlooked() throws IOException {
    Path root = Repository.root();
    Map<Path, Long> files;
    try (Stream<Path> found = Files.walk(root)) {
      files =
          found
              .map(root::relativize)
              .filter(file -> file.toString().matches("(?!.*/target/).*/src/main/java/.*\\.java"))
              .collect(groupingBy(Path::getParent, counting()));
    }
    assertThat(files).hasSizeGreaterThan(MODULES).allSatisfy(RoomSizesTest::canBeOverlooked);
  }

  private static void canBeOverlooked(Path room, long files) {
    assertThat(files).as("files in %s", room).isLessThanOrEqualTo(MOST_FILES);
  }
}
