package dev.stretcher.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void whatEndsALineMovesTheCursorOrTurnsTheTextIsReplaced() {
    assertThat(Printable.of("a\nb\u001b[1mc\u007fd\u009be\u2028f\u202eg\u2066h"))
        .isEqualTo("a?b?[1mc?d?e?f?g?h");
    assertThat(Printable.of("a\tb", "\ufffd")).isEqualTo("a\ufffdb");
  }

  @Test
  void lettersOfAllLanguagesStay() {
    assertThat(Printable.of("/srv/商店 é \uD83D\uDE00")).isEqualTo("/srv/商店 é \uD83D\uDE00");
  }
}
