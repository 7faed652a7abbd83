package dev.stretcher.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an agent takes itself for one that an upgrade has replaced. */
class InstallationTest {
  @TempDir Path directory;

  private final Map<String, String> said = new HashMap<>();
  private Path current;
  private Path jvm;

  @BeforeEach
  void install() throws IOException {
    directory = directory.toRealPath();
    for (String version : new String[] {"1", "10"}) {
      Files.createFile(
          Files.createDirectories(directory.resolve(version + "/bin")).resolve("stretcher"));
    }
    current = Files.createSymbolicLink(directory.resolve("current"), Path.of("1"));
    Path command =
        Files.createSymbolicLink(directory.resolve("stretcher"), Path.of("current/bin/stretcher"));
    jvm = Files.createSymbolicLink(directory.resolve("exe"), Path.of("/usr/lib/jvm/17/bin/java"));
    said.put("stretcher.command", command.toString());
    said.put("stretcher.home", directory.resolve("1").toString());
  }

  private boolean isReplaced() {
    return new Installation(said::get, jvm).isReplaced();
  }

  private static void link(Path link, String target) throws IOException {
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  @Test
  void whatTheCommandStillLeadsToIsNot() {
    assertThat(isReplaced()).isFalse();
  }

  @Test
  void whatTheCommandDoesNotLeadToAnyMoreIs() throws IOException {
    link(current, "10");

    assertThat(isReplaced()).isTrue();
  }

  @Test
  void aCommandThatLeadsNowhereStartsNoOther() throws IOException {
    Files.delete(current);

    assertThat(isReplaced()).isFalse();
  }

  @Test
  void aCommandThatIsNotKnownSaysNothing() throws IOException {
    link(current, "10");
    said.put("stretcher.command", "bin/stretcher");
    assertThat(isReplaced()).isFalse();
    said.clear();
    assertThat(isReplaced()).isFalse();
  }

  @Test
  void aJvmWhoseProgramWasReplacedIs() throws IOException {
    link(jvm, "/usr/lib/jvm/17/bin/java (deleted)");

    assertThat(isReplaced()).isTrue();
  }

  @Test
  void withoutAProcessFileSystemTheJvmSaysNothing() throws IOException {
    Files.delete(jvm);

    assertThat(isReplaced()).isFalse();
  }
}
