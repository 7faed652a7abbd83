package dev.stretcher.cli.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.sources.setting.SourceSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenTest {
  private static Given given(String... args) throws UsageException {
    return Given.parse(Commands.flags(), args);
  }

  private static Options options(String... args) throws UsageException {
    return given(args).over(Options.DEFAULT);
  }

  @Test
  void flagsMayStandBeforeAndAfterTheCommand() throws UsageException {
    Given given = given("-timeout", "30", "deploy", "--retry=1", "u");
    assertThat(given.names()).containsExactly("deploy", "u");
    assertThat(given.over(Options.DEFAULT).get(Settings.TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
    assertThat(given.over(Options.DEFAULT).get(Settings.RETRY)).isEqualTo(1);
  }

  @Test
  void theLastOfAFlagCountsAndAllOfOneThatMayBeRepeated() throws UsageException {
    assertThat(options("--retry=1", "-retry", "2").get(Settings.RETRY)).isEqualTo(2);
    assertThat(options("--http-header=A=B", "--http-header=h/C=D").get(SourceSettings.HTTP_HEADER))
        .extracting(header -> header.name())
        .containsExactly("A", "C");
  }

  @Test
  void headersOfTheCommandLineAreSentBesidesThoseOfTheConfiguration() throws UsageException {
    Options configured = options("--http-header=A=B");
    assertThat(given("--http-header=C=D").over(configured).get(SourceSettings.HTTP_HEADER))
        .extracting(header -> header.name())
        .containsExactly("A", "C");
  }

  @Test
  void whatIsGluedToAFlagIsNotItsValue() {
    for (String arg : List.of("-adopttrue", "--adopttrue", "-nosuch", "--http-headers=A=secret")) {
      assertThatThrownBy(() -> given(arg))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("Unknown option: '" + arg.replaceFirst("=.*", "") + "'")
          .hasMessageNotContaining("secret");
    }
    assertThatThrownBy(() -> given("history", "-n")).hasMessageContaining("option '-n' (INT)");
  }

  @Test
  void aSwitchThatIsTurnedOffBeatsAConfigurationThatTurnsItOn() throws UsageException {
    Options configured = Options.DEFAULT.with(Settings.ADOPT, true);
    assertThat(given("--adopt=false").over(configured).get(Settings.ADOPT)).isFalse();
    assertThat(given("--adopt", "--adopt=false").over(configured).get(Settings.ADOPT)).isFalse();
    assertThat(given().over(configured).get(Settings.ADOPT)).isTrue();
    assertThat(options("--adopt", "deploy").get(Settings.ADOPT)).isTrue();
  }

  @Test
  void aWrongValueIsToldWithItsFlag() {
    assertThatThrownBy(() -> options("--max-depth=0"))
        .isInstanceOf(UsageException.class)
        .hasMessage("Invalid value for option '--max-depth': expected 1 to 1000, not '0'");
    assertThatThrownBy(() -> given("--retry"))
        .hasMessage("Missing value of option '--retry' (INT)");
    assertThatThrownBy(() -> given("--retries=1")).hasMessageContaining("Unknown option");
  }

  @Test
  void messagesOfTheLibraryGetTheNamesOfFlags() {
    FlagNames names = FlagNames.ofAnyHost();
    assertThat(names.apply("raise " + Settings.MAX_LOG.mention())).isEqualTo("raise --max-log");
    assertThat(names.apply("use the setting on-busy=newest")).isEqualTo("use --on-busy=newest");
    assertThat(names.apply("the setting retry-wait is odd, the setting of the sun is not"))
        .isEqualTo("--retry-wait is odd, the setting of the sun is not");
  }
}
