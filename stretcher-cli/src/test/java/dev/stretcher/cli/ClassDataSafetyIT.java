package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A class-data archive is code: neither made nor used where others can have a hand in it. */
@Timeout(120)
class ClassDataSafetyIT {
  private static final String REMEDY = "set STRETCHER_CACHE_DIR to a directory of your own";
  private static final int NOBODY = 65534;

  @TempDir private static Path shared;
  private static Path made;

  @TempDir private Path directory;
  private Path above;
  private Path cache;
  private Path archive;

  @BeforeAll
  static void makeAnArchive() throws Exception {
    made = Path.of(run(shared.resolve("cache"), "", "prepare").out().strip());
  }

  @BeforeEach
  void haveItInACache() throws IOException {
    above = Files.createDirectory(directory.resolve("above"));
    cache = Files.createDirectory(above.resolve("cache"));
    archive = cache.resolve(made.getFileName());
    Files.createLink(archive, made);
  }

  @Test
  void oneInADirectoryOfOurOwnIsUsed() throws Exception {
    assertThat(isUsed(cache)).isTrue();
    assertThat(isUsed(Path.of(cache + "//"))).isTrue();
  }

  @Test
  void stickyDirectoriesAboveAreSafe() throws Exception {
    Files.setAttribute(above, "unix:mode", 01777);

    assertThat(isUsed(cache)).isTrue();
  }

  @Test
  void noneIsUsedOrMadeWhereOthersMayWrite() throws Exception {
    for (Path open : List.of(above, cache)) {
      for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx")) {
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));
        assertIsRefused(cache, "others may write to " + open);
      }
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setAttribute(cache, "unix:mode", 01777);
    assertIsRefused(cache, "others may write to " + cache);
  }

  @Test
  void noneIsUsedOrMadeWhereSomeoneElseOwnsADirectory() throws Exception {
    requireRoot();
    for (Path foreign : List.of(above, cache)) {
      Files.setAttribute(foreign, "unix:uid", NOBODY);
      assertIsRefused(cache, foreign + " belongs to someone else");
      Files.setAttribute(foreign, "unix:uid", 0);
    }
  }

  @Test
  void noneIsUsedOrMadeBehindALink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), above);
    Path direct = Files.createSymbolicLink(directory.resolve("direct"), cache);

    assertIsRefused(link.resolve("cache"), link + " is a link");
    assertIsRefused(direct, direct + " is a link");
    assertIsRefused(Path.of(direct + "/"), direct + " is a link");
    assertIsRefused(link.resolve("new/cache"), link + " is a link");
    assertThat(above.resolve("new")).doesNotExist();
    Files.delete(direct);
    Files.createSymbolicLink(direct, directory.resolve("nowhere"));
    assertIsRefused(direct, direct + " is a link");
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void anArchiveThatIsNotQuiteOursIsNotUsed() throws Exception {
    // Or another one would be made in the background.
    Files.writeString(cache.resolve(key() + ".log"), "");
    Files.delete(archive);
    Files.createSymbolicLink(archive, made);
    assertThat(isUsed(cache)).as("a link").isFalse();
    Files.delete(archive);
    TestApp.exec("mkfifo", "-m", "600", archive.toString());
    assertThat(isUsed(cache)).as("a FIFO").isFalse();
    Files.delete(archive);
    Files.copy(made, archive);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-rw----"));
    assertThat(isUsed(cache)).as("one that a group may change").isFalse();
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("r--------"));
    assertThat(isUsed(cache)).isTrue();
    requireRoot();
    Files.setAttribute(archive, "unix:uid", NOBODY);
    assertThat(isUsed(cache)).as("one of someone else").isFalse();
  }

  private void assertIsRefused(Path place, String reason) throws Exception {
    assertThat(isUsed(place)).as(reason).isFalse();
    Cli.Result prepared = run(place, "", "prepare");
    assertThat(prepared.exitCode()).isEqualTo(1);
    assertThat(prepared.err()).contains("cannot make an archive in ", reason, REMEDY);
    assertThat(archives()).containsExactly(archive);
  }

  private static String key() {
    return made.getFileName().toString().replaceFirst("-[0-9]*\\.jsa$", "");
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private static boolean isUsed(Path cache) throws Exception {
    Cli.Result result = run(cache, "-Xlog:class+load", "--version");
    assertThat(result.err()).isEmpty();
    return result.out().contains("dev.stretcher.cli.Main source: shared objects file");
  }

  private static Cli.Result run(Path cache, String options, String argument) throws Exception {
    Map<String, String> environment =
        Map.of(
            "PATH", System.getenv("PATH"),
            "STRETCHER_CACHE_DIR", cache.toString(),
            "JAVA_OPTS", options);
    return Launcher.finish(Launcher.start(Launcher.path(), List.of(argument), "", environment));
  }

  private void requireRoot() throws IOException {
    Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    assumeTrue(owner.equals(0), "only root can give a file away");
  }
}
