package dev.stretcher.internal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "a", "EMPTY", "", "QUOTED", "\"<\\\n\u2028&", "LONG", "x".repeat(100_000));

  private final List<Problem> problems = new ArrayList<>();

  private String expand(String text) {
    return new Template(ENVIRONMENT, Options.DEFAULT, problems).expand(text);
  }

  static Stream<Arguments> templates() {
    return Stream.of(
        arguments("plain } }} { text", "plain } }} { text"),
        arguments("{{ env \"A\" }}", "a"),
        arguments("{{env \"A\"}}{{env `A`}}", "aa"),
        arguments("{{ env \"NOT\" \"EMPTY\" \"A\" \"d\" }}", "a"),
        arguments("{{ env \"NOT\" \"EMPTY\" \"d\" }}", "d"),
        arguments("{{ env \"NOT\" }}", "NOT"),
        arguments("{{ env \"NOT\" \"\" }}", ""),
        arguments("{{ must_env \"A\" }}", "a"),
        arguments("[{{ must_env \"EMPTY\" }}]", "[]"),
        arguments("x \n{{- env \"A\" -}} \t\r\n y", "xay"),
        arguments("x {{ env \"A\" -}} y", "x ay"),
        arguments("x {{- env \"A\" }} y", "xa y"),
        arguments("x {{/* a }} comment */}} y", "x  y"),
        arguments("x {{- /* a comment */ -}} y", "xy"),
        arguments("{{ env\n\"A\"\n}}", "a"),
        arguments("{{ \"}}\" }}", "}}"),
        arguments("{{ `a\\n` }}", "a\\n"),
        arguments(
            "{{ \"\\t\\\"\\\\\\x41\\101\\u00e9\\U0001F600\\xc3\\xa9\" }}",
            "\t\"\\AA\u00e9\ud83d\ude00\u00e9"),
        arguments("{{ env \"QUOTED\" | json_escape }}", "\\\"\\u003c\\\\\\n\\u2028\\u0026"),
        arguments("{{ json_escape (env \"QUOTED\") }}", "\\\"\\u003c\\\\\\n\\u2028\\u0026"),
        arguments("{{ \"d\" | env \"NOT\" }}", "d"),
        arguments("{{ env (must_env \"A\") }}", "a"),
        arguments("{{ (env \"A\") | json_escape }}", "a"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void actionsAreReplacedAsGoDoes(String template, String expected) {
    assertThat(expand(template)).isEqualTo(expected);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{",
        "{{ ",
        "{{}}",
        "{{ }}",
        "{{ . }}",
        "{{ .Values.x }}",
        "{{ $x }}",
        "{{ if true }}",
        "{{ env }}",
        "{{ env A }}",
        "{{ env 1 }}",
        "{{ env \"A\"",
        "{{ env \"A }}",
        "{{ env `A }}",
        "{{ env \"A\" }",
        "{{ env \"A\"-}}",
        "{{-env \"A\" }}",
        "{{ env \"\\q\" }}",
        "{{ env \"\\x4\" }}",
        "{{ env \"\\ud800\" }}",
        "{{ env \"\\U00110000\" }}",
        "{{ env \"\\400\" }}",
        "{{ env \"\\",
        "{{ env \"\\u",
        "{{ env ( }}",
        "{{ (env \"A\" }}",
        "{{ env \"A\" | }}",
        "{{ env \"A\" | \"b\" }}",
        "{{ | env \"A\" }}",
        "{{ \"a\" \"b\" }}",
        "{{ printf \"%s\" \"a\" }}",
        "{{ must_env \"A\" \"B\" }}",
        "{{ json_escape \"A\" \"B\" }}",
        "{{/* open",
      })
  void anythingElseFailsAndNamesTheLine(String action) {
    expand("a: b\n\nc: " + action + "\nd: e\n");
    assertThat(problems).isNotEmpty();
    assertThat(problems.get(0).line()).isEqualTo(3);
  }

  @Test
  void everyUnsetVariableIsNamed() {
    expand("a: {{ must_env \"ONE\" }}\nb: {{ must_env \"TWO\" }}{{ must_env \"A\" }}");
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: {{ must_env }}: the variable ONE is not set; set it for the agent",
            "line 2: {{ must_env }}: the variable TWO is not set; set it for the agent");
  }

  @Test
  void valuesAreNotExpandedAgain() {
    List<Problem> none = new ArrayList<>();
    String text =
        new Template(Map.of("X", "{{ env \"X\" }}"), Options.DEFAULT, none)
            .expand("{{ env \"X\" }}");
    assertThat(text).isEqualTo("{{ env \"X\" }}");
    assertThat(none).isEmpty();
  }

  @Test
  void aPipeDoesNotMakeAHugeOneOnItsWay() {
    expand("{{ env \"LONG\" " + "| json_escape ".repeat(60) + "}}");
    expand("{{ `\\` " + "| json_escape ".repeat(60) + "}}");
    assertThat(problems)
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("json_escape }}: its argument has more than 1MiB"));
  }

  @Test
  void aShortTextDoesNotBecomeAHugeOne() {
    String expanded = expand("{{ env \"LONG\" }}".repeat(1_000));
    assertThat(expanded.length()).isLessThan(2 * Options.DEFAULT.size(Settings.MAX_MANIFEST));
    assertThat(problems)
        .extracting(Problem::message)
        .first()
        .asString()
        .contains("more than 1MiB", "the setting max-manifest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ (", "(", "{{", "{{x}}", "{{\"", "{{/*", "{{-", "| "})
  void hostileTextEndsInProblems(String part) {
    expand("{{ " + part.repeat(200_000 / part.length()));
    assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(100);
  }
}
