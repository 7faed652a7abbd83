package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher removes from its cache, and which that is; its Java makes no archive here. */
@Timeout(60)
class ClassDataCleaningIT {
  private static final int NOBODY = 65534;

  @TempDir private Path directory;
  private Path java;
  private Path cache;

  @BeforeEach
  void makeACache() throws IOException {
    java = StubJava.home(directory.resolve("jdk"), "exit 1");
    cache = Files.createDirectory(directory.resolve("cache"));
  }

  @Test
  void whatTheLauncherMadeIsRemovedAndNothingElse() throws Exception {
    List<Path> ours = new ArrayList<>(List.of(old("stretcher-1-2.jsa", 91)));
    for (String name : List.of("stretcher-1.log", "stretcher-1.2", "stretcher-1.2.config")) {
      ours.add(old(name, 2));
    }
    List<Path> others =
        new ArrayList<>(List.of(old("stretcher-3-4.jsa", 80), old("stretcher-3.log", 0)));
    for (String name :
        ("1-2-3.jsa a-2.jsa 1.jsa -2.jsa 1-.jsa 1-2.jsa.old 12 1.2.log x1.log .log"
                + " 1.2.3 1.tmp 1.2.tmp.x 1,2.3 1.2\n 5.6.tmp 1.")
            .split(" ")) {
      others.add(old("stretcher-" + name, 400));
    }
    for (String name : "config.yml 20261120.log 2026.11 1-2.jsa stretcher.log".split(" ")) {
      others.add(old(name, 400));
    }
    others.add(withMode("rw-r--r--", old("stretcher-7.log", 400)));
    others.add(age(Files.createDirectory(cache.resolve("stretcher-8.log")), 400));

    prepare(cache);

    assertThat(ours).noneMatch(Files::exists);
    assertThat(others).allMatch(Files::exists);
  }

  @Test
  void noLinkIsFollowed() throws Exception {
    Path kept = age(Files.writeString(directory.resolve("kept"), "kept"), 400);
    Path tree = Files.createDirectories(cache.resolve("stretcher-1.2.tmp/in"));
    Files.createSymbolicLink(tree.resolve("link"), directory);
    age(withMode("rwx------", tree.getParent()), 2);
    List<Path> links =
        List.of(cache.resolve("stretcher-9.9.tmp"), cache.resolve("stretcher-9.log"));
    Files.createSymbolicLink(links.get(0), directory);
    Files.createSymbolicLink(links.get(1), kept);
    for (Path link : links) {
      TestApp.exec("touch", "-h", "-d", "9 days ago", link.toString());
    }

    prepare(cache);

    assertThat(tree.getParent()).doesNotExist();
    assertThat(kept).hasContent("kept");
    assertThat(links).allMatch(Files::isSymbolicLink);
  }

  @Test
  void aFifoInThePlaceOfTheLogHoldsNoOneUp() throws Exception {
    prepare(cache);
    Path log;
    try (Stream<Path> files = Files.list(cache)) {
      log = files.findFirst().orElseThrow();
    }
    Files.delete(log);
    TestApp.exec("mkfifo", "-m", "600", log.toString());

    assertThat(prepare(cache).err()).contains("cannot make an archive", log.toString());
    assertThat(log).exists();
  }

  @Test
  void rootDoesNotUseTheHomeOfSomeoneElse() throws Exception {
    assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "only root can give it away");
    Path system = Files.createDirectory(directory.resolve("system"));
    Path launcher =
        StubJava.launcher(directory.resolve("installation"), Map.of("/var/cache", system));
    Path home = Files.createDirectory(directory.resolve("home"));
    Path config =
        Files.createDirectories(directory.resolve("etc/stretcher")).resolve("stretcher-1.log");
    age(withMode("rw-------", Files.writeString(config, "allow_dest: [/nowhere]")), 5);
    Files.createSymbolicLink(home.resolve(".cache"), directory.resolve("etc"));

    Cli.Result own = prepareWhereItWould(launcher, home);
    Files.setAttribute(home, "unix:uid", NOBODY);
    Cli.Result foreign = prepareWhereItWould(launcher, home);

    assertThat(own.err()).contains(home + "/.cache is a link", "set STRETCHER_CACHE_DIR to");
    assertThat(foreign.err()).contains("cannot make an archive in " + system + "/stretcher; see");
    assertThat(config).hasContent("allow_dest: [/nowhere]");
  }

  private Cli.Result prepareWhereItWould(Path launcher, Path home) throws Exception {
    Path script =
        StubJava.program(
            directory.resolve("script"),
            "unset STRETCHER_CACHE_DIR\nexec %s prepare".formatted(launcher));
    return StubJava.run(script, List.of(), "JAVA_HOME", java, "HOME", home);
  }

  private Cli.Result prepare(Path cache) throws Exception {
    return StubJava.run(
        Launcher.path(), List.of("prepare"), "JAVA_HOME", java, "STRETCHER_CACHE_DIR", cache);
  }

  private Path old(String name, int days) throws IOException {
    return age(withMode("rw-------", Files.writeString(cache.resolve(name), name)), days);
  }

  private static Path withMode(String mode, Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static Path age(Path file, int days) throws IOException {
    Duration age = Duration.ofDays(days).plusHours(1);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
