package dev.stretcher.cli.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoffTest {
  @Test
  void noLineOfTextBecomesARequest() {
    assertThat(new Roff().literal(".pid\n'x'\n\\n-v").toString())
        .contains("\n\\&.pid\n", "\n\\(aqx\\(aq\n", "\n\\(rsn\\-v\n");
    assertThat(new Roff().paragraph("'x").toString()).isEqualTo(".PP\n\\&'x\n");
  }

  @Test
  void whatIsNotAsciiIsNamedAndWhatIsCopiedStaysAsItIs() {
    assertThat(Roff.prose("naïve - well-kept --flag"))
        .isEqualTo("na\\[u00EF]ve \\- well-kept \\-\\-flag");
    assertThat(Roff.code("a-b '~^`")).isEqualTo("a\\-b \\(aq\\(ti\\(ha\\(ga");
  }
}
