package dev.stretcher.publication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.option.Options;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTemplateTest {
  private static final Digest TOC = Digest.parse("sha256:" + "b".repeat(64));
  private static final String SUM = "sha256:" + "a".repeat(64);
  private static final String LINES =
      "src: https://h/1.tar.gz\nchecksum: %s\ntoc: %s\n".formatted(SUM, TOC);

  private static String filled(String text, Map<String, String> env) throws Exception {
    return ManifestTemplate.of("deploy.yml", text)
        .filled(
            new ManifestTemplate.Filling(
                URI.create("https://h/1.tar.gz"), SUM, Optional.of(TOC), "1.0", env),
            Map.of(),
            Options.DEFAULT);
  }

  private static String filled(String text) throws Exception {
    return filled(text, Map.of());
  }

  @Test
  void whatIsMissingComesAtTheEndAndAllElseStays() throws Exception {
    String template = "# ours\ndest: /srv/{{ must_env \"REGION\" }} # there\n\n";
    assertThat(filled(template)).isEqualTo(template.stripTrailing() + "\n" + LINES + "\n");
  }

  @Test
  void whatIsThereIsReplacedInItsPlace() throws Exception {
    String template =
        "checksum: later\n\"src\": >\n  to be\n  replaced\n# toc\ntoc:\ndest: /srv/shop";
    assertThat(filled(template))
        .isEqualTo(
            "checksum: %s\nsrc: https://h/1.tar.gz\n# toc\ntoc: %s\ndest: /srv/shop"
                .formatted(SUM, TOC));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sync_strategy: release | release:~  id: 1.0",
        "sync_strategy: release~release: {keep: 3} # few | release: {id: \"1.0\", keep: 3}",
        "sync_strategy: release~release: {id: 'x', keep: 3} | release: {id: \"1.0\", keep: 3}",
        "sync_strategy: release~release:~    keep: 3 | release:~    id: \"1.0\"~    keep: 3",
        "sync_strategy: release~release:~  # why~  id: x~  keep: 3 | release:~  # why~  id:"
            + " \"1.0\"~  keep: 3",
      })
  void aReleaseGetsItsId(String template, String expected) throws Exception {
    String text = filled("dest: /srv/shop\n" + template.strip().replace('~', '\n') + "\n");
    assertThat(text.replace("\"1.0\"", "1.0"))
        .contains(expected.strip().replace('~', '\n').replace("\"1.0\"", "1.0"));
  }

  @Test
  void variablesAreAddedWhateverTheirValues() throws Exception {
    String value = "a \"b\" {{ c }}, é: #d}\n";
    for (String env : new String[] {"", "env: {A: x}\n", "env:\n  A: x\n  B: 'y'\n"}) {
      String text = filled("dest: /srv/shop\n" + env, Map.of("B", value));
      Manifest manifest = new ManifestReader(Map.of()).read(text.getBytes(UTF_8)).manifest();
      assertThat(manifest.env()).containsEntry("B", value).hasSize(env.isEmpty() ? 1 : 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dest: [/srv/shop] | line 1, column 7",
        "# ours~dest: srv | line 2, column 7",
        "dest: /srv/shop~commands: {pre: ] | line 2, column 17",
        "dest: /srv/shop~commands: {post: [{run: x | line 3, column 1",
        "dest: /srv/shop~x: {{ what }} | line 2",
        "commands: {pre: [date]} | dest is required with src",
        "--- # ours~dest: /srv/shop~---~src: x | line 3, column 1: a second document",
        "# ours~~dest: /srv/shop~--- {x: y} | line 4, column 1: a second document",
      })
  void whatIsWrongIsToldWithItsPlaceInTheTemplate(String template, String place) {
    assertThatThrownBy(() -> filled(template.replace('~', '\n') + "\n"))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining(place);
  }

  @Test
  void theMarkOfTheFirstDocumentStays() throws Exception {
    assertThat(filled("# ours\n---\ndest: /srv/shop\n")).contains("\n---\ndest: /srv/shop\nsrc: ");
  }

  @Test
  void whatCannotBeFilledInLineByLineIsRefusedAndNotSpoiled() {
    assertThatThrownBy(
            () -> filled("dest: /srv/shop\nsync_strategy: release\nrelease: {\n  keep: 3}\n"))
        .isInstanceOf(UnpublishableException.class)
        .hasMessageContaining("deploy.yml cannot be filled in");
  }

  @Test
  void whatTheGoOriginalCannotReadIsNamedWithItsPlace() {
    String template =
        "dest: /srv/shop\n"
            + "sync_strategy: tree\n"
            + "health: {commands: [x]}\n"
            + "commands:\n"
            + "  pre: [date]\n"
            + "  post:\n"
            + "    - {run: x, timeout: 5s}\n";
    assertThat(
            ManifestTemplate.of("deploy.yml", template)
                .problemsForGo(Map.of(), Options.DEFAULT)
                .toString())
        .contains(
            "line 2, column 16: the Go original knows the strategies rsync and mv",
            "line 3, column 1: health means nothing",
            "line 7, column 7: post: the Go original knows commands of one line");
    assertThat(
            ManifestTemplate.of("deploy.yml", "dest: /a/b\ncommands: {pre: [date]}\n")
                .problemsForGo(Map.of(), Options.DEFAULT))
        .isEmpty();
  }
}
