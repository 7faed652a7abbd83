package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the distributions, and what the slim one can do. */
class DistributionIT {
  private static final String ALL = "stretcher-cli/target/stretcher";
  private static final String HTTP = "stretcher-cli/http/target/stretcher-http";
  private static final long SLIM = 12_000_000;

  @TempDir Path directory;

  private static List<Path> jars(String distribution) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root().resolve(distribution).resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALL, HTTP})
  void noClassIsTwiceOnTheClassPath(String distribution) throws Exception {
    Map<String, Path> first = new HashMap<>();
    for (Path jar : jars(distribution)) {
      try (JarFile opened = new JarFile(jar.toFile())) {
        List<String> classes =
            opened.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.matches("(?!META-INF/|module-info).*\\.class"))
                .toList();
        for (String name : classes) {
          assertThat(first.putIfAbsent(name, jar)).as(name + " of " + jar).isNull();
        }
      }
    }
    assertThat(first).containsKey("dev/stretcher/Stretcher.class");
  }

  @ParameterizedTest
  @ValueSource(strings = {ALL, HTTP})
  void theListsForPeopleAndProgramsNameEachLibrary(String distribution) throws Exception {
    assumeFalse(Sbom.isLeftOut(), "no SBOM is made by mvn -o");
    Path home = Repository.root().resolve(distribution);
    String licences = Files.readString(home.resolve("licenses/THIRD-PARTY.txt"));
    JsonNode sbom = new ObjectMapper().readTree(home.resolve("sbom.json").toFile());
    List<String> components =
        StreamSupport.stream(sbom.get("components").spliterator(), false)
            .map(each -> each.get("name").asText() + "-" + each.get("version").asText())
            .toList();
    List<String> libraries =
        jars(distribution).stream()
            .map(jar -> jar.getFileName().toString().replaceAll("(-linux|-loggers)?\\.jar$", ""))
            .distinct()
            .toList();

    for (String library : libraries) {
      if (!library.startsWith("stretcher-")) {
        assertThat(licences).contains(library.replaceFirst("-(?=\\d)", ":"));
      }
    }
    assertThat(components).containsAll(libraries.stream().filter(this::isOfOthers).toList());
    assertThat(components).noneMatch(name -> name.matches("(junit|assertj|bcprov).*"));
  }

  private boolean isOfOthers(String library) {
    return !library.startsWith("stretcher-cli");
  }

  @Test
  void theLibraryOfZstdIsThereForLinuxOnly() throws Exception {
    Path jar =
        jars(ALL).stream().filter(each -> each.toString().contains("zstd-jni")).findFirst().get();
    try (JarFile opened = new JarFile(jar.toFile())) {
      assertThat(opened.stream().map(ZipEntry::getName))
          .filteredOn(name -> name.contains("libzstd-jni"))
          .allMatch(name -> name.matches("linux/(amd64|aarch64)/libzstd-jni-[^/]*\\.so"))
          .hasSize(2);
      assertThat(opened.getManifest().getMainAttributes().getValue("Multi-Release"))
          .isEqualTo("true");
    }
  }

  @Test
  void theSlimOneIsSmallMakesItsClassDataArchiveAndDeploysByHttp() throws Exception {
    try (Stream<Path> files = Files.list(Repository.root().resolve("stretcher-cli/http/target"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".tar.gz")))
          .hasSize(1)
          .allSatisfy(file -> assertThat(file.toFile().length()).isLessThanOrEqualTo(SLIM));
    }
    Shell shell = shell();
    assertThat(shell.run(launcher(), "prepare").status()).isZero();

    SampleApp app = SampleApp.publish(directory, "hello");
    try (WebDirectory server = WebDirectory.of(directory)) {
      String url = server.url();
      app.describe(url + "/app.tar.gz");
      Shell.Result deployed = shell.run(launcher(), "deploy", url + "/app.yml");
      assertThat(deployed.status()).as(deployed.output()).isZero();
      assertThat(app.deployed()).isEqualTo("hello");
    }

    app.describe("s3://bucket/app.tar.gz");
    Shell.Result refused = shell.run(launcher(), "deploy", app.manifest().toUri().toString());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).contains("add software.amazon.awssdk:s3 to the class path");
  }

  private Shell shell() {
    return Shell.in(directory)
        .with("STRETCHER_CACHE_DIR", directory.resolve("cache").toString())
        .with("XDG_STATE_HOME", directory.resolve("state").toString());
  }

  private static String launcher() throws IOException {
    return Repository.root().resolve(HTTP).resolve("bin/stretcher").toString();
  }
}
