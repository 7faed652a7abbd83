package dev.stretcher.cli.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.contract.Tools;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.option.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manual pages, as the programs that show them see them. */
class ManualPagesTest {
  private static final Edition EDITION = new Edition("1.2.3", "2026-01-31");

  @TempDir private static Path directory;
  private static Map<String, String> pages;

  @BeforeAll
  static void write() throws IOException {
    pages = ManualPages.of(Path.of("../docs/reference"), EDITION);
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(directory.resolve(page.getKey()), page.getValue());
    }
  }

  private static List<String> files() {
    return pages.keySet().stream().map(name -> directory.resolve(name).toString()).toList();
  }

  private static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MANWIDTH", "80");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static String run(List<String> command, List<String> files) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(files);
    return run(all.toArray(String[]::new));
  }

  @Test
  void thereIsOneForTheProgramEachCommandAndEachFile() {
    List<String> names = new ArrayList<>(List.of("stretcher.1"));
    Commands.NAMED.forEach(command -> names.add("stretcher-" + command.name() + ".1"));
    names.addAll(List.of("stretcher-manifest.5", "stretcher-config.5"));

    assertThat(pages).containsOnlyKeys(names);
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(page.getValue())
          .as(page.getKey())
          .startsWith(".TH STRETCHER")
          .contains("2026-01-31 \"Stretcher 1.2.3\"")
          .contains(".SH \"NAME\"\n", ".SH \"DESCRIPTION\"\n", ".SH \"SEE ALSO\"\n");
      if (page.getKey().endsWith(".1")) {
        assertThat(page.getValue())
            .as(page.getKey())
            .contains(".SH \"SYNOPSIS\"\n", ".SH \"OPTIONS\"\n", ".SH \"EXIT STATUS\"\n")
            .contains(".SH \"ENVIRONMENT\"\n", ".SH \"EXAMPLES\"\n");
      }
    }
  }

  @Test
  void groffHasNoWarning() throws Exception {
    Tools.require("groff");

    assertThat(run(List.of("groff", "-ww", "-man", "-Tutf8", "-z"), files())).isEmpty();
  }

  @Test
  void norHasMandoc() throws Exception {
    Tools.require("mandoc");

    assertThat(run(List.of("mandoc", "-T", "lint", "-W", "warning"), files())).isEmpty();
  }

  @Test
  void manShowsThemWithoutAWarning() throws Exception {
    Tools.require("man");
    for (String file : files()) {
      assertThat(run("sh", "-c", "man --warnings=w -l \"$1\" 2>&1 >/dev/null", "sh", file))
          .as(file)
          .isEmpty();
    }
    String shown = run("man", "-l", directory.resolve("stretcher-publish.1").toString());

    assertThat(shown.replaceAll(".\b", ""))
        .contains("NAME\n       stretcher-publish - packs and uploads a version")
        .contains("stretcher publish [FLAG...] DIR")
        .contains("--keep=INT")
        .doesNotContain("\u2010")
        .contains("stretcher publish build/shop --app shop");
  }

  @Test
  void allFlagsAndKeysAreInThem() {
    for (Command command : Commands.NAMED) {
      for (Setting<?> setting : command.flags()) {
        assertThat(pages.get("stretcher-" + command.name() + ".1"))
            .contains("\n" + Roff.bold(Flag.usage(setting)) + "\n");
      }
    }
    ManifestKeys.ALL.forEach(
        key ->
            assertThat(pages.get("stretcher-manifest.5"))
                .contains("\n.TP\n" + Roff.bold(key.name()) + "\n"));
    assertThat(pages.get("stretcher-config.5"))
        .contains(Roff.bold("allow_dest"), Roff.bold("max_band_width"), Roff.bold("apps"));
  }

  @Test
  void aCommandLeadsToThoseThatItsTextNames() {
    assertThat(pages.get("stretcher-rollback.1").replaceAll("(?s).*SEE ALSO", ""))
        .contains("stretcher\\-releases\\fR(1)")
        .doesNotContain("rollback", "pack");
  }

  @Test
  void noTextSpeaksOfWhereItStandsInTheReference() {
    assertThat(pages.get("stretcher-config.5")).doesNotContain("table above");
  }

  @Test
  void noMarkOfMarkdownIsLeft() {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      String text = page.getValue().replaceAll("(?s)\\.EX.*?\\.EE|\\\\fB.*?\\\\fR", "");
      assertThat(text).as(page.getKey()).doesNotContain("](", "\n| ", "\\(ga", "**");
    }
  }

  @Test
  void theSameBuildWritesTheSameBytes() throws Exception {
    assertThat(ShareWriter.files(Path.of("../docs/reference"), EDITION))
        .isEqualTo(ShareWriter.files(Path.of("../docs/reference"), EDITION));
  }
}
