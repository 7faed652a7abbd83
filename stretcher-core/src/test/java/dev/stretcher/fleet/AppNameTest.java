package dev.stretcher.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names become parts of keys and names of files: none of them leads elsewhere. */
class AppNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"shop", "Shop-2", "a", "0", "a..b", "shop.example.com", "x_y"})
  void namesOfLettersDigitsAndSigns(String name) {
    assertThat(new AppName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        " shop",
        "shop ",
        "a/b",
        "/",
        "..",
        ".",
        "../x",
        ".hidden",
        "-f",
        "_x",
        "a\nb",
        "shop\n",
        "caf\u00e9",
        "a\u0000",
        "a:b",
        "a%2fb",
        "a\\b"
      })
  void anythingElseIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AppName(name))
        .withMessageContaining("'" + name + "' is no name of an application; expected 1 to 100 of");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 100_000})
  void longNamesAreRefused(int length) {
    assertThat(new AppName("a".repeat(100)).value()).hasSize(100);
    assertThatIllegalArgumentException().isThrownBy(() -> new AppName("a".repeat(length)));
  }
}
