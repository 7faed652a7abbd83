package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stretcher.cli.Cli;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is right; see also {@link DocumentationIT}. */
class DocumentationTest {
  private static final Set<String> CHECKED = Set.of("yaml", "java", "sh", "json", "xml");
  private static final Set<String> SHOWN_ONLY = Set.of("text", "mermaid", "ini", "groovy");

  /** The variables that manifests of the documentation may ask for. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ENVIRONMENT", "production", "BUCKET", "example", "VERSION", "1.2.3", "HOME", "/root");

  static Stream<Fence> manifests() throws IOException {
    return fences("yaml").filter(fence -> fence.marks().isEmpty());
  }

  static Stream<Fence> configurations() throws IOException {
    return fences("yaml").filter(fence -> fence.marks().contains("config"));
  }

  static Stream<Fence> refusedManifests() throws IOException {
    return fences("yaml").filter(fence -> fence.marks().contains("refused"));
  }

  static Stream<Fence> java() throws IOException {
    return fences("java").filter(fence -> !fence.marks().contains("plugin"));
  }

  static Stream<Fence> shell() throws IOException {
    return fences("sh");
  }

  static Stream<Path> documents() throws IOException {
    return Repository.documents().stream();
  }

  private static Stream<Fence> fences(String language) throws IOException {
    return Fence.all().filter(fence -> fence.language().equals(language));
  }

  @Test
  void everyFenceNamesALanguageThatIsKnownHere() throws Exception {
    assertThat(Fence.all())
        .allMatch(
            fence -> CHECKED.contains(fence.language()) || SHOWN_ONLY.contains(fence.language()));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aManifestIsReadWithoutAWarning(Fence fence) throws ManifestException {
    assertThat(read(fence).warnings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aConfigurationIsRead(Fence fence, @TempDir Path directory) throws IOException {
    Path config = Files.writeString(directory.resolve("config.yml"), fence.text());
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> history = List.of("history", "--config=" + config, "--state-dir=" + directory);
    Cli.Result result =
        Cli.launch(history, InputStream.nullInputStream(), Map.of("ARTIFACTS_TOKEN", "secret"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).startsWith("stretcher: no deploy that has ended is recorded");
  }

  @ParameterizedTest
  @MethodSource("refusedManifests")
  void aManifestThatIsShownAsWrongIsRefused(Fence fence) {
    assertThatThrownBy(() -> read(fence)).isInstanceOf(ManifestException.class);
  }

  @ParameterizedTest
  @MethodSource("java")
  void javaCompiles(Fence fence) {
    assertThat(JavaSnippet.problems(fence.text())).isEmpty();
  }

  @Test
  void theFilesOfAPluginCompileTogether() throws IOException {
    List<String> files =
        fences("java").filter(fence -> fence.marks().contains("plugin")).map(Fence::text).toList();
    assertThat(files).hasSizeGreaterThan(1);
    assertThat(JavaSnippet.problemsOfAll(files)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shell")
  void aShellReadsTheScript(Fence fence) throws Exception {
    Shell.Result result = Shell.in(Repository.root()).run(fence.text(), List.of("sh", "-n"));

    assertThat(result).isEqualTo(new Shell.Result(0, ""));
  }

  @Test
  void jsonAndXmlAreWellFormed() throws Exception {
    for (Fence fence : fences("json").toList()) {
      assertThat(new ObjectMapper().readTree(fence.text())).isNotNull();
    }
    for (Fence fence : fences("xml").toList()) {
      byte[] text = fence.text().getBytes(StandardCharsets.UTF_8);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new ByteArrayInputStream(text)))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) {
    assertThat(Links.broken(document)).isEmpty();
  }

  @Test
  void theListOfDecisionsHasEachWithItsTitle() throws IOException {
    Path decisions = Repository.root().resolve("docs/adr");
    String list = Files.readString(decisions.resolve("0001-record-decisions.md"));
    for (Path document : Repository.documents()) {
      if (document.startsWith(decisions)) {
        String[] heading = Files.readAllLines(document).get(0).split("[# .]+", 3);
        String link = "[%s](%s)".formatted(heading[1], document.getFileName());
        assertThat(list).contains("| " + link + " | " + heading[2] + " |");
      }
    }
  }

  private static ManifestReader.Result read(Fence fence) throws ManifestException {
    return new ManifestReader(ENVIRONMENT).read(fence.text().getBytes(StandardCharsets.UTF_8));
  }
}
