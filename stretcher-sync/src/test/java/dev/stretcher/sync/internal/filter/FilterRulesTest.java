package dev.stretcher.sync.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRulesTest {
  private static final List<String> NAMES =
      List.of("a", "b", " a", "#a", "a#", ";", "-", "+", "- a");

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a|b>a,b",
        "a||~|b|>a,b",
        "a~|b~|>a,b",
        "a~b>a,b",
        "#a|a>a",
        ";a|;|a>a",
        "# a~|b>b",
        "- #a|- ;>#a,;",
        " #a| a> a",
        "a#>a#",
        "- a>a",
        "- - a>- a",
        "-|+>-,+",
        "a|!|b>b",
        "a|!~|b>b",
        "a|- !|b>a,b",
        "+ a|a|b>b",
        "a|+ a>a",
        "a^b|b>a,b",
        "^a|b>b"
      })
  void readsTheLinesOfAFile(String lines, String excluded) throws IOException {
    String content = lines.replace('|', '\n').replace('~', '\r').replace('^', '\0');

    assertThat(excludedBy(rules(content))).containsExactlyInAnyOrder(excluded.split(",", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\r\n", "# comment\n", "; comment", "a\n!", "\0"})
  void hasNoRulesWithoutPatterns(String content) throws IOException {
    assertThat(rules(content).isEmpty()).isTrue();
  }

  @Test
  void readsTheFileBeforeTheArguments() throws IOException {
    assertThat(excludedBy(rules("+ a", "a", "b"))).containsExactly("b");
    assertThat(excludedBy(rules("a", "!", "b"))).containsExactly("b");
  }

  @Test
  void ignoresAnEmptyArgument() throws IOException {
    assertThat(rules("", "").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"- ", "+ "})
  void refusesAPrefixWithoutAPattern(String text) {
    assertThatThrownBy(() -> rules("", text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + text + "'");
    assertThatThrownBy(() -> rules("a\n" + text + "\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void refusesAPatternSoLongThatRsyncWouldIgnoreIt() throws IOException {
    assertThat(rules("", "- " + "a".repeat(4095)).isEmpty()).isFalse();
    assertThatThrownBy(() -> rules("", "a".repeat(4096)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'aaa")
        .hasMessageContaining("4096 bytes")
        .hasMessageContaining("4095");
  }

  @Test
  void matchesBytesAndNotCharacters() throws IOException {
    Path umlaut = NativeText.path("\u00e4");
    Path invalid = NativeText.path(new byte[] {(byte) 0xff});

    assertThat(rules("", "?").excludes(umlaut, false)).isFalse();
    assertThat(rules("", "??").excludes(umlaut, false)).isTrue();
    assertThat(rules("", "\u00e4").excludes(umlaut, false)).isTrue();
    assertThat(rules("\u00ff").excludes(invalid, false)).isTrue();
    assertThat(rules("[\u0080-\u00ff]").excludes(invalid, false)).isTrue();
    assertThat(rules("[[:print:]]").excludes(invalid, false)).isFalse();
  }

  private static List<String> excludedBy(FilterRules rules) {
    return NAMES.stream().filter(name -> rules.excludes(Path.of(name), false)).toList();
  }

  private static FilterRules rules(String file, String... excludes) throws IOException {
    return FilterRules.of(file.getBytes(StandardCharsets.ISO_8859_1), List.of(excludes));
  }
}
