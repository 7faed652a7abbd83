package dev.stretcher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientUriTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/app.yml",
        "http://user:pass@host:8080/a/b.yml?x=1&y=a%20b#top",
        "file:///srv/app.yml",
        "file:/srv/app.yml",
        "http://[::1]:80/x",
        "https://host",
        "gs://b/a+b%2Fc",
      })
  void urlsThatAreLegalStayAsTheyAre(String url) {
    assertThat(LenientUri.parse(url)).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\0',
      textBlock =
          """
          s3://b/a|b s3://b/a%7Cb
          s3://b/[1]{2}^`" s3://b/%5B1%5D%7B2%7D%5E%60%22
          s3://b/größe s3://b/gr%C3%B6%C3%9Fe
          s3://b/😀 s3://b/%F0%9F%98%80
          s3://b/x?q=<a> s3://b/x?q=%3Ca%3E
          s3://b/x#a#b s3://b/x#a%23b
          s3://b/a\\b s3://b/a%5Cb
          """)
  void whatJavaRefusesIsPercentEncoded(String text, String uri) {
    assertThat(LenientUri.parse(text)).hasToString(uri);
  }

  @Test
  void theSpacesOfAKeyAreKept() {
    URI uri = LenientUri.parse("s3://b/my app/x y.yml");

    assertThat(uri).hasToString("s3://b/my%20app/x%20y.yml");
    assertThat(uri.getPath()).isEqualTo("/my app/x y.yml");
  }

  @Test
  void aBucketThatIsNoHostNameIsTheAuthority() {
    assertThat(LenientUri.parse("s3://my_bucket/k").getAuthority()).isEqualTo("my_bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app.yml",
        "/srv/app.yml",
        "//host/app.yml",
        "mailto:me",
        "localhost:8080",
        "3s://b/k",
        "deploy s3://b/k",
        "s3://",
        "s3://b/100%",
        "s3://b/%zz",
        "http://a b/c",
        "s3://b/a\nb",
        "s3://b/a\u007f",
      })
  void whatIsNotAUrlIsRefusedInOneLineWithARemedy(String text) {
    assertThatThrownBy(() -> LenientUri.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a URL")
        .hasMessageContaining("https://host/app.yml")
        .hasNoCause()
        .message()
        .hasLineCount(1);
  }

  @Test
  void theMessageShowsNoSecrets() {
    assertThatThrownBy(() -> LenientUri.parse("http://me:secret@host/%zz?token=secret"))
        .message()
        .contains("http://host/%zz")
        .doesNotContain("secret");
  }

  @Test
  void aSecretBehindALineEndIsNotShownEither() {
    assertThatThrownBy(() -> LenientUri.parse("http://host/x?a\ntoken=secret"))
        .message()
        .doesNotContain("secret");
  }

  @Test
  void theMessageStaysShort() {
    assertThatThrownBy(() -> LenientUri.parse("x".repeat(100_000))).message().hasSizeLessThan(300);
  }

  @Test
  void aPercentSignAloneIsOneInAQuery() {
    assertThat(LenientUri.parse("https://h/x?q=50%&r=%41"))
        .hasToString("https://h/x?q=50%25&r=%41");
  }

  @Test
  void theHostIsFoundBehindAPasswordWithAnAtSign() {
    URI uri = LenientUri.parse("https://u:p@s|s@host/x");

    assertThat(uri.getHost()).isEqualTo("host");
    assertThat(uri.getUserInfo()).isEqualTo("u:p@s|s");
  }
}
