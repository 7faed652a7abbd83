package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The locale of the host changes nothing of what programs read. */
@ResourceLock(Resources.LOCALE)
class AgentLocaleTest extends AgentFixture {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void takeTheLocaleBack() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "my-MM", "tr-TR"})
  void digitsAndNamesAreThoseOfEveryHost(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    deployFirst();
    String manifest =
        app.file("bin/run", "v22")
            .pack()
            .manifest("compare: checksum", "dest_mode: 0711", "commands: {post: [exit 3]}")
            .toString();

    StringBuilder said = new StringBuilder();
    for (List<String> args :
        List.of(
            List.of("check", "--against-dest", manifest),
            List.of("deploy", "--dry-run", manifest),
            List.of("deploy", manifest),
            List.of("deploy", "--log-format=json", manifest),
            List.of("history"),
            List.of("history", "--json"),
            List.of("help"))) {
      Cli.Result result = run(args, "", environment());
      said.append(result.out()).append(result.err());
    }

    assertThat(said.toString())
        .contains(" to change (", "exit status 3", "succeeded", " bytes written, ")
        .doesNotContainPattern("[\\p{Nd}&&[^0-9]]|\u0131|\u0130");
  }
}
