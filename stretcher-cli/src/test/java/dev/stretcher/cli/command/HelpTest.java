package dev.stretcher.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.Cli;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.flag.Given;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help is read on a terminal. */
class HelpTest {
  private static final int SCREEN = 45;
  private static final int WIDTH = 80;

  private static Cli.Result run(String... args) {
    return Cli.launch(List.of(args), InputStream.nullInputStream(), Map.of());
  }

  private static String help(String... args) {
    Cli.Result result = run(args);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines()).allMatch(line -> line.length() <= WIDTH);
    return result.out();
  }

  @Test
  void theOverviewFitsAScreenAndSaysWhereTheRestIs() {
    String overview = help("--help");
    assertThat(overview.lines()).hasSizeLessThanOrEqualTo(SCREEN);
    assertThat(Commands.NAMED)
        .allMatch(command -> overview.contains("\n  " + command.name() + " "));
    assertThat(overview).contains("stretcher help limits", "stretcher help all", "exit status");
  }

  @Test
  void itCanBeAskedForInThreeWays() {
    assertThat(help("-h")).isEqualTo(help("--help"));
    assertThat(help("check", "--help")).isEqualTo(help("--help", "check"));
    assertThat(help("check", "-help")).contains("FILE|URL", "--against-dest");
    assertThat(help("check", "--help")).doesNotContain("--dry-run");
  }

  @Test
  void commandsWithAStatusOfTheirOwnExplainIt() {
    assertThat(help("wait", "--help")).contains("3 at the time-out");
    assertThat(help("gate", "--help").replaceAll("\\s+", " ")).contains("3 if that is not known");
  }

  @Test
  void allFlagsAreInOneOfTheTopics() {
    String all = topic("all");
    for (Setting<?> setting : AgentSettings.COMMON) {
      assertThat(all).contains("  " + Flag.usage(setting));
    }
    assertThat(topic("limits")).contains("--max-entries=COUNT", "5000000.");
    assertThat(topic("limits")).doesNotContain("--retry");
    assertThat(topic("deploy")).contains("--dry-run");
  }

  @Test
  void allFlagsAreThoseOfTheCommandsToo() {
    assertThat(topic("all")).contains("--dry-run", "--against-dest", "--json", "--dest=");
    assertThat(topic("prepare")).doesNotContain("FLAG", "Other flags");
  }

  @Test
  void aNameOfACommandAndATopicIsHelpOnBoth() {
    assertThat(topic("fetch"))
        .containsSubsequence(
            "stretcher fetch [FLAG...] URL", "How archives are fetched", "--retry=");
    assertThat(help("fetch", "--help")).doesNotContain("How archives are fetched");
  }

  @Test
  void eachCommandHasExamplesThatItUnderstands() throws Exception {
    for (Command command : Commands.NAMED) {
      assertThat(command.examples()).as(command.name()).isNotEmpty();
      for (Example example : command.examples()) {
        String[] words = example.line().replaceFirst("^.*?stretcher ", "").split(" ");
        Given given = Given.parse(Commands.flags(words), words).of(command.flags());
        assertThat(Commands.of(given.names())).as(example.line()).isSameAs(command);
        given.over(Options.DEFAULT);
        assertThat(given.values().keySet())
            .as(example.line())
            .allMatch(
                flag -> AgentSettings.COMMON.contains(flag) || command.flags().contains(flag));
        assertThat(help("--config=", command.name(), "--help")).contains("\n  " + example.line());
      }
    }
  }

  @Test
  void whatOnlyCompletionRunsIsInNoSummary() {
    assertThat(help("--help") + topic("all")).doesNotContain(ChoicesCommand.NAME);
  }

  @Test
  void itIsThereWhenTheConfigurationIsWrong() {
    Map<String, String> environment = Map.of("STRETCHER_CONFIG", "/nonexistent");
    Cli.Result result =
        Cli.launch(List.of("help", "limits"), InputStream.nullInputStream(), environment);
    assertThat(result.out()).contains("--max-entries");
    assertThat(result.exitCode()).isZero();
  }

  private static String topic(String name) {
    return help("--config=", "help", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit", "--retry", ""})
  void whatThereIsNoHelpForIsAnErrorThatNamesWhatThereIs(String name) {
    Cli.Result result = run("--config=", "help", "--", name);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("no command or topic '" + name + "'", "limits", "deploy");
  }
}
