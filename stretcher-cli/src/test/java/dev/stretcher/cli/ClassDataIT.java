package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The class-data archive that the launcher makes and uses. */
@Timeout(300)
class ClassDataIT {
  @TempDir private Path directory;
  private Path cache;

  @BeforeEach
  void chooseACache() {
    cache = directory.resolve("a cache");
  }

  @Test
  void theFirstRunHasTheArchiveMadeAndLaterOnesUseIt() throws Exception {
    Cli.Result first = stretcher("", "--version");

    assertThat(first.out()).matches("stretcher \\S+\n");
    assertThat(first.err()).isEmpty();
    Condition.await(() -> !archives().isEmpty());
    assertThat(sharedMain()).isTrue();
    assertThat(stretcher("", "--version").err()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  @Test
  void itCanBeMadeBeforehand() throws Exception {
    Cli.Result prepared = stretcher("", "prepare");

    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(Path.of(prepared.out().strip())).isEqualTo(archives().get(0));
    assertThat(sharedMain()).isTrue();

    // The parent has a link for each of them.
    for (int i = 0; i < 100; i++) {
      Files.createDirectory(directory.resolve("other" + i));
    }
    assertThat(stretcher("", "prepare").out()).isEqualTo(prepared.out());
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aDamagedArchiveIsPassedOverWithoutAWord() throws Exception {
    Path archive = Path.of(stretcher("", "prepare").out().strip());
    byte[] bytes = Files.readAllBytes(archive);
    for (int length : List.of(0, 100, bytes.length / 2)) {
      Files.delete(archive);
      Files.write(archive, Arrays.copyOf(bytes, length));

      Cli.Result result = stretcher("", "--version");

      assertThat(result.out()).matches("stretcher \\S+\n");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void whereNoneCanBeMadeTheAgentWorksWithoutIt() throws Exception {
    Files.writeString(cache, "a file");

    Cli.Result result = stretcher("", "--version");
    Cli.Result prepared = stretcher("", "prepare");

    assertThat(result.out()).matches("stretcher \\S+\n");
    assertThat(result.err()).isEmpty();
    assertThat(prepared.exitCode()).isEqualTo(1);
    assertThat(prepared.err())
        .contains("cannot make an archive in " + cache + ": " + cache + " is not a directory");
    assertThat(cache).hasContent("a file");
  }

  @Test
  void anEmptyVariableMeansNone() throws Exception {
    Map<String, String> environment = environment("");
    environment.put("STRETCHER_CACHE_DIR", "");

    assertThat(run(environment, "--version").out()).matches("stretcher \\S+\n");
    assertThat(run(environment, "prepare").err()).contains("set STRETCHER_CACHE_DIR");
  }

  private boolean sharedMain() throws Exception {
    return stretcher("-Xlog:class+load", "--version")
        .out()
        .contains("dev.stretcher.cli.Main source: shared objects file");
  }

  private List<Path> archives() throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private Cli.Result stretcher(String javaOptions, String... args) throws Exception {
    return run(environment(javaOptions), args);
  }

  private Map<String, String> environment(String javaOptions) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("STRETCHER_CACHE_DIR", cache.toString());
    environment.put("JAVA_OPTS", javaOptions);
    return environment;
  }

  private static Cli.Result run(Map<String, String> environment, String... args) throws Exception {
    return Launcher.finish(Launcher.start(Launcher.path(), List.of(args), "", environment));
  }
}
