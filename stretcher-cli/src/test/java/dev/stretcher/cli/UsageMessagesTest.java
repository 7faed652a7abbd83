package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a command line that is wrong: what was meant, and where the rest is told. */
class UsageMessagesTest {
  private static String said(String... line) {
    return said(Map.of(), line);
  }

  private static String said(Map<String, String> environment, String... line) {
    Cli.Result result = Cli.launch(List.of(line), InputStream.nullInputStream(), environment);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    return result.err().strip();
  }

  @Test
  void aMisspeltOptionGetsAGuess() {
    assertThat(said("--tiemout=3", "deploy", "x"))
        .isEqualTo(
            "stretcher: Unknown option: '--tiemout'; did you mean --timeout?; see stretcher help"
                + " deploy");
    assertThat(said("publish", "--cannary", "1")).contains("did you mean --canary?");
    assertThat(said("-x")).isEqualTo("stretcher: Unknown option: '-x'; see stretcher --help");
    assertThat(said("--xto")).doesNotContain("did you mean");
  }

  @Test
  void aMisspeltCommandOrTopicOfHelpGetsAGuessToo() {
    assertThat(said("help", "deply"))
        .startsWith("stretcher: there is no command or topic 'deply'; did you mean deploy?; there")
        .endsWith("; see stretcher --help");
  }

  @Test
  void anOptionOfOtherCommandsIsSaidToBeTheirs() {
    assertThat(said("prepare", "--json"))
        .isEqualTo(
            "stretcher: Unknown option: '--json'; only history, releases, status, wait, gate and"
                + " why have it; see stretcher help prepare");
    assertThat(said("wait", "--force", "x")).contains("; only rollback has it;");
  }

  @Test
  void allThatIsMissingIsSaidAtOnceWithItsValue() {
    assertThat(said("publish", "d"))
        .isEqualTo(
            "stretcher: Missing option: --app=NAME, --to=URL, --manifest=FILE; see stretcher help"
                + " publish");
    assertThat(said("pack", "d")).contains("Missing option: --output=FILE");
    assertThat(said("rollback"))
        .isEqualTo("stretcher: Missing argument: DEST; see stretcher help rollback");
  }

  @Test
  void aConfigurationThatCannotBeUsedIsNoMatterOfArguments(@TempDir Path directory)
      throws Exception {
    Path config = AgentFixture.trusted(directory.resolve("c.yml"), "no_such: 1\n");

    assertThat(said(Map.of("STRETCHER_CONFIG", "/no/such.yml"), "check", "x"))
        .isEqualTo(
            "stretcher: the configuration /no/such.yml cannot be used: there is no such file; make"
                + " it, or name another one");
    assertThat(said(Map.of("STRETCHER_CONFIG", config.toString()), "deploy", "x"))
        .contains("unknown key 'no_such'")
        .doesNotContain("see stretcher");
  }

  @Test
  void aReportOfADefectMayBeAboutAConfigurationThatCannotBeUsed() {
    Cli.Result result =
        Cli.launch(
            List.of("version"),
            InputStream.nullInputStream(),
            Map.of("STRETCHER_CONFIG", "/no/such.yml"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("java  ")
        .containsPattern("configuration +/no/such.yml .*stretcher doctor says why it is not used");
  }
}
