package dev.stretcher.internal.decompress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.option.Settings;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The setting lies below the programs, and cannot ask them for their names. */
class DecompressorNamesTest {
  @ParameterizedTest
  @EnumSource(ExternalProgram.class)
  void eachProgramCanBeChosen(ExternalProgram program) {
    assertThat(Settings.DECOMPRESSOR.parse(program.program())).isEqualTo(program.program());
    assertThat(Settings.DECOMPRESSOR.description()).contains(program.program());
  }

  @Test
  void nothingElseIsChosen() {
    assertThat(Settings.DECOMPRESSOR.kind().expected().split("[ ,]+"))
        .hasSize("one of auto java".split(" ").length + ExternalProgram.values().length)
        .allMatch(word -> word.equals(word.toLowerCase(Locale.ROOT)));
  }
}
