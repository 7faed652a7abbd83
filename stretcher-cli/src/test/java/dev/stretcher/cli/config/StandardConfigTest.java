package dev.stretcher.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.cli.AgentFixture;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.option.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that no one names: nothing but its absence means that there is none. */
class StandardConfigTest {
  @TempDir Path etc;
  private Path directory;
  private Path file;

  @BeforeEach
  void chooseItsPlace() throws Exception {
    etc = etc.toRealPath();
    directory = etc.resolve("stretcher");
    file = directory.resolve("config.yml");
  }

  private Config config() throws UsageException {
    return new ConfigFile(directory).read(Optional.empty(), Map.of("STRETCHER_CONFIG", ""));
  }

  private void make() throws Exception {
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private void write() throws Exception {
    AgentFixture.trusted(file, "run_as: deploy\n");
  }

  private void assertUnusable(String... said) {
    assertThatThrownBy(this::config)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the configuration " + file + " cannot be used: ")
        .hasMessageContainingAll(said);
  }

  @Test
  void isThere() throws Exception {
    make();
    write();
    assertThat(config().options().get(Settings.RUN_AS)).isEqualTo("deploy");
  }

  @Test
  void isNotThere() throws Exception {
    assertThat(config()).isEqualTo(Config.EMPTY);
    make();
    assertThat(config()).isEqualTo(Config.EMPTY);
  }

  @Test
  void isNotThereInADirectoryThatALinkLeadsTo() throws Exception {
    Path elsewhere = Files.createDirectory(etc.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(directory, elsewhere);
    assertThat(config()).isEqualTo(Config.EMPTY);
    AgentFixture.trusted(elsewhere.resolve("config.yml"), "run_as: deploy\n");
    assertThat(config().options().get(Settings.RUN_AS)).isEqualTo("deploy");
  }

  @Test
  void isALinkThatLeadsNowhere() throws Exception {
    make();
    Files.createSymbolicLink(file, Path.of("/no/such"));
    assertUnusable("this link leads to /no/such, which does not exist");
  }

  @Test
  void isInADirectoryThatIsALinkThatLeadsNowhere() throws Exception {
    Files.createSymbolicLink(directory, Path.of("/no/such"));
    assertUnusable(directory + ": this link leads to /no/such, which does not exist");
  }

  @Test
  void isALinkToItself() throws Exception {
    make();
    Files.createSymbolicLink(file, file);
    assertUnusable("in a circle");
  }

  @Test
  void isADirectoryOrInAFile() throws Exception {
    Files.createDirectories(file);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertUnusable("it is a directory, expected a file");
    Files.delete(file);
    Files.delete(directory);
    AgentFixture.trusted(directory, "");
    assertUnusable(directory + ": it is a file, expected a directory");
  }

  @Test
  void couldHaveBeenRemovedByOthers() throws Exception {
    make();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertUnusable(directory + ": group", "chmod go-w " + directory);
  }
}
