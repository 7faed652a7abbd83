package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the sources write is for logs and programs, and the same in each locale: digits are ASCII,
 * and no letter is a Turkish one. Numbers are formatted by %s, or with {@code Locale.ROOT}.
 */
class LocaleTest {
  private static final Pattern OF_A_LOCALE =
      Pattern.compile(
          "\"[^\"\n"
              + "]*%[-#+ 0,(<$\\d]*(\\.\\d+)?[dfeEgGtTS](?![a-zA-Z])[^\"\n"
              + "]*\"|\\bto(Lower|Upper)Case\\(\\)|\\b(String\\.format|printf)\\("
              + "|\\b(MessageFormat\\.format|DateTimeFormatter\\.(ofPattern|ofLocalized\\w+))\\(|\\b(NumberFormat|DateFormat)\\.get|\\bnew"
              + " (Formatter|MessageFormat|DecimalFormat|SimpleDateFormat)\\(");

  @Test
  void noSourceFormatsForTheLocaleOfTheHost() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root())) {
      assertThat(
              files
                  .map(Repository.root()::relativize)
                  .filter(file -> file.toString().matches("stretcher-\\w+/src/main/java/.*\\.java"))
                  .flatMap(file -> found(read(file)).map(found -> file + ": " + found)))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"at %d of %s\".formatted(1, 2)",
        "\"%,d\".formatted(1)",
        "\"%d is short; it is told\".formatted(1)",
        "String.format(\"%s\", 1)",
        "out.printf(\"%s\", 1)",
        "String.format(\"%5.1f s\", 1)",
        "name.toLowerCase()",
        "DateTimeFormatter.ofPattern(\"HH\")"
      })
  void theRuleKnowsSuchCode(String code) {
    assertThat(found(code)).isNotEmpty();
    assertThat(found(code.replaceFirst("\\)$", ", Locale.ROOT)"))).isEmpty();
  }

  private static Stream<String> found(String source) {
    return Stream.of(source.split(";\\s*\n"))
        .filter(statement -> !statement.contains("Locale.ROOT"))
        .flatMap(statement -> OF_A_LOCALE.matcher(statement).results())
        .map(found -> found.group());
  }

  private static String read(Path file) {
    try {
      // Not what comments show.
      return Files.readString(Repository.root().resolve(file))
          .replaceAll("(?m)^\\s*(\\*|//|/\\*).*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
