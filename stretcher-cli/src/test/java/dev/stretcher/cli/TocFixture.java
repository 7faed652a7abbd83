package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tree that is packed with a table of contents, and a dest that has an earlier version of it. */
abstract class TocFixture extends AgentFixture {
  static final int FILES = 200;

  /** The sizes are different, so that some contents share a member and others have several. */
  static final int SMALL = 5_000;

  static final int LARGE = 200_000;

  RangeServer server;
  Path tree;
  Packed packed;
  long changedBytes;

  @BeforeEach
  void deployAVersion() throws Exception {
    tree = Files.createDirectory(directory.resolve("tree"));
    for (int i = 0; i < FILES; i++) {
      write("d%02d/f%03d".formatted(i % 20, i), i % 10 == 0 ? LARGE : SMALL, i);
    }
    Files.createSymbolicLink(tree.resolve("link"), Path.of("d00/f000"));
    Files.createLink(tree.resolve("zzz"), tree.resolve("d01/f001"));
    pack();
    server = new RangeServer(Files.readAllBytes(app.archive()));
    assertThat(deploy().exitCode()).isZero();
    assertDestIsTheTree();
    server.forget();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  void write(String name, int size, long seed) throws IOException {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + seed * 1000));
  }

  /** Changes two small files and a large one, adds a directory, removes a file. */
  void nextVersion() throws Exception {
    write("d03/f003", SMALL, 1003);
    write("d07/f107", SMALL, 1107);
    write("d10/f010", LARGE, 1010);
    write("new/one", SMALL, 2000);
    Files.delete(tree.resolve("d05/f005"));
    changedBytes = LARGE + 3 * SMALL;
    pack();
    server.put(Files.readAllBytes(app.archive()));
  }

  /** Gives each file a new time, as a build from a fresh checkout does. */
  void buildAgain() throws Exception {
    for (int i = 0; i < FILES; i++) {
      Path file = tree.resolve("d%02d/f%03d".formatted(i % 20, i));
      if (Files.exists(file)) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L + i * 1000));
      }
    }
    pack();
    server.put(Files.readAllBytes(app.archive()));
  }

  void pack() throws Exception {
    packed = Packer.of(tree).pack(app.archive());
  }

  String manifest(String... more) {
    return "src: %s\nchecksum: %s\ntoc: %s\ndest: %s\nsync_strategy: tree\n%s\n"
        .formatted(
            server.uri(), packed.checksum(), packed.toc(), app.dest(), String.join("\n", more));
  }

  Cli.Result deploy(String... more) throws Exception {
    return deployBy(List.of("--retry=1", "--retry-wait=0"), more);
  }

  Cli.Result deployBy(List<String> flags, String... more) throws Exception {
    URI manifest = app.write(manifest(more));
    return run(flags, manifest.toString(), environment());
  }

  /** Runs the command line in this JVM, also where the build names the packaged launcher. */
  Cli.Result here(String stdin, String... arguments) {
    return Cli.launch(
        List.of(arguments),
        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
        environment());
  }

  /** Returns the status of {@code verify --full}. */
  int verify() {
    return here("", "verify", "--full", app.dest().toString()).exitCode();
  }

  void assertDestIsTheTree() throws IOException {
    assertThat(described(app.dest())).isEqualTo(described(tree));
    assertNothingIsLeft();
  }

  static Map<String, String> described(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        found.put(root.relativize(path).toString(), state(path));
      }
    }
    return found;
  }

  private static String state(Path path) throws IOException {
    List<Object> state = new ArrayList<>();
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    state.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      state.add(Files.getLastModifiedTime(path));
      state.add(java.util.Arrays.hashCode(Files.readAllBytes(path)));
    }
    return state.toString();
  }
}
