package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packaged agent says of licences. */
class LicencesIT {
  private final Path installation = Launcher.path().getParent().getParent();

  @Test
  void theDistributionAndItsOwnJarsHaveLicenceAndNotice() throws IOException {
    assertThat(installation.resolve("LICENSE")).content().contains("Apache License");
    assertThat(installation.resolve("NOTICE")).content().startsWith("Stretcher\n");
    assertThat(installation.resolve("NOTICE"))
        .content()
        .contains("Public Suffix List", "Mozilla Public License 2.0", "is under the Apache");
    for (Path jar : jars("lib")) {
      try (JarFile opened = new JarFile(jar.toFile())) {
        assertThat(opened.getEntry("META-INF/LICENSE")).as(jar.toString()).isNotNull();
        assertThat(opened.getEntry("META-INF/NOTICE")).as(jar.toString()).isNotNull();
      }
    }
  }

  @Test
  void theLicenceOfEachDependencyIsNamed() throws IOException {
    String list = Files.readString(installation.resolve("licenses/THIRD-PARTY.txt"));
    List<String> named =
        list.lines()
            .filter(line -> line.contains(" - "))
            .map(line -> line.replaceAll(".*\\([^: ]+:([^: ]+):([^: ]+) - .*", "$1-$2.jar"))
            .toList();

    assertThat(list).doesNotContain("Unknown license");
    assertThat(jars("lib/dependencies"))
        .extracting(LicencesIT::published)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void eachDependencyHasATextOrIsUnderTheLicenceOfTheDistribution() throws IOException {
    String list = Files.readString(installation.resolve("licenses/THIRD-PARTY.txt"));
    List<String> texts;
    try (Stream<Path> directories = Files.list(installation.resolve("licenses"))) {
      texts =
          directories
              .filter(Files::isDirectory)
              .map(directory -> directory.getFileName().toString().replaceFirst("-jar$", ""))
              .toList();
    }
    List<String> apache =
        list.lines()
            .filter(line -> line.matches("\\s*\\((The )?Apache[^)]*2\\.0\\).*"))
            .map(line -> line.replaceAll(".*\\([^: ]+:([^: ]+):([^: ]+) - .*", "$1-$2.jar"))
            .toList();

    assertThat(jars("lib/dependencies"))
        .extracting(LicencesIT::published)
        .allMatch(jar -> apache.contains(jar) || texts.stream().anyMatch(jar::startsWith));
  }

  @Test
  void theTextsThatDependenciesHaveAreThere() throws IOException {
    try (Stream<Path> files = Files.walk(installation.resolve("licenses"))) {
      assertThat(files.map(file -> installation.relativize(file).toString()))
          .anyMatch(name -> name.matches("licenses/commons-cli-.*/META-INF/LICENSE.txt"))
          .contains("licenses/slf4j/LICENSE")
          .noneMatch(name -> name.endsWith(".class"));
    }
  }

  @Test
  void noDirectoryOfTextsIsEmpty() throws IOException {
    try (Stream<Path> files = Files.walk(installation.resolve("licenses"))) {
      assertThat(files.filter(Files::isDirectory))
          .allSatisfy(directory -> assertThat(directory).isNotEmptyDirectory());
    }
  }

  /**
   * Returns how a jar is called where it comes from: the one of zstd has only libraries of Linux.
   */
  private static String published(Path jar) {
    return jar.getFileName().toString().replace("-linux.jar", ".jar");
  }

  private List<Path> jars(String directory) throws IOException {
    try (Stream<Path> files = Files.list(installation.resolve(directory))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}
