package dev.stretcher.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void whatEndsALineMovesTheCursorOrTurnsTheTextIsEscaped() {
    assertThat(Printable.of("a\nb\rc\td\u001b[1me\u007ff\u0085g\u009bh\0"))
        .isEqualTo("a\\nb\\rc\\td\\x1b[1me\\x7ff\\x85g\\x9bh\\x00");
    assertThat(Printable.of("\u061ca\u200eb\u200fc\u2028d\u2029e\u202ef\u2066g\u2069"))
        .isEqualTo("\\u061ca\\u200eb\\u200fc\\u2028d\\u2029e\\u202ef\\u2066g\\u2069");
  }

  @Test
  void aTabStaysInALine() {
    assertThat(Printable.line("a\tb\rc")).isEqualTo("a\tb\\rc");
  }

  @Test
  void aTextHasAsManyLinesAsLineEnds() {
    assertThat(Printable.lines("a\r\n\n\tb\n")).containsExactly("a\\r", "", "\tb");
    assertThat(Printable.lines("a")).containsExactly("a");
    assertThat(Printable.lines("")).containsExactly("");
  }

  @Test
  void jsonMeansTheSame() {
    assertThat(Printable.json("{\"a\":\"x\u2028\u009by\"}"))
        .hasToString("{\"a\":\"x\\u2028\\u009by\"}");
    assertThat(Printable.json("{}")).isEqualTo("{}");
  }

  @Test
  void lettersOfAllLanguagesStay() {
    assertThat(Printable.of("/srv/商店 é \uD83D\uDE00\u00a0\u200d\u2027\u202f\u2065\u206a\\n"))
        .isEqualTo("/srv/商店 é \uD83D\uDE00\u00a0\u200d\u2027\u202f\u2065\u206a\\n");
  }
}
