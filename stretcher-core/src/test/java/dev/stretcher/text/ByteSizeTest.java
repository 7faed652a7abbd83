package dev.stretcher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "1b, 1",
    "512k, 512000",
    "512K, 512000",
    "10MB, 10000000",
    "10 MiB, 10485760",
    "10mi, 10485760",
    "1.5GB, 1500000000",
    ".5k, 500",
    "5.k, 5000",
    "'1,024', 1024",
    "1TiB, 1099511627776",
    "1PB, 1000000000000000",
    "1pib, 1125899906842624",
    "7EiB, 8070450532247928832",
    "' 1 k ', 1000",
    "1.0005k, 1000",
    "9223372036854775807, 9223372036854775807",
  })
  void readsSizesAsGoHumanizeDoes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "MB", "-1", "1.2.3", "1x", "1kk", ",1", "1e3", ".", "0x10", "\u0661"})
  void refusesWhatIsNoSize(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessage("'%s' is not a size; write it like 10MB, 10MiB, 512k or 1048576", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "8EiB", "99999999999999999999999TB"})
  void refusesWhatDoesNotFit(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessageContaining("more than 2^63 - 1 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1500, 1.5 kB",
    "9949, 9.9 kB",
    "9960, 10 kB",
    "999999, 1.0 MB",
    "123456789, 123 MB",
    "9223372036854775807, 9.2 EB",
  })
  void printsFewDigits(long bytes, String expected) {
    assertThat(ByteSize.format(bytes)).isEqualTo(expected);
  }
}
