package dev.stretcher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedUriTest {
  @ParameterizedTest
  @CsvSource({
    "https://host/app.yml, https://host/app.yml",
    "https://user:pw@host:81/app.yml?token=t#f, https://host:81/app.yml",
    "https://user@host, https://host",
    "https://u:p@ss@host/x, https://host/x",
    "s3://bucket/app@1.2.tgz, s3://bucket/app@1.2.tgz",
    "http://localhost:80/app@1.2.tgz?sig=s, http://localhost:80/app@1.2.tgz",
    "http://[::1]:80/x, http://[::1]:80/x",
    "http://localhost:4873/@scope/pkg/-/pkg.tgz, http://localhost:4873/@scope/pkg/-/pkg.tgz",
    "https://repo:8443/npm/app@1.2/app.tgz, https://repo:8443/npm/app@1.2/app.tgz",
    "https://repo:8443/app@v1.2.3-rc1/app.tgz, https://repo:8443/app@v1.2.3-rc1/app.tgz",
    "https://user:pw@host/app@1.2.tgz, https://host/app@1.2.tgz",
    "https://user:pw@host/app@main.tar.gz, https://host/app@main.tar.gz",
    "https://user:pw@host/@scope/p.tgz, https://host/@scope/p.tgz",
    "https://tok@host/x?mail=a@b, https://host/x",
    "https://host/pkg@1.2/pkg.tgz, https://host/pkg@1.2/pkg.tgz",
    "file:///srv/app@1/x, file:///srv/app@1/x",
    "file:/srv/app@1/x, file:/srv/app@1/x",
    "s3://my_bucket/a, s3://my_bucket/a",
    "app.yml, app.yml",
    "app.yml?token=t, app.yml",
  })
  void showsWhereButNotHow(String text, String shown) {
    assertThat(RedactedUri.of(text)).isEqualTo(shown);
  }

  @Test
  void takesAUri() {
    assertThat(RedactedUri.of(URI.create("https://u:p@h/x?q"))).isEqualTo("https://h/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter2@host/x",
        "https://user:hunter2/x@host/x",
        "https://user:x/hunter2@host/x",
        "https://user:12/hunter2@host/x",
        "https://user:12/3/hunter2@host/x",
        "https://user:12/hunter2@10.0.0.1/x",
        "https://user:12/hunter2@host",
        "https://user:/hunter2@host/x.tgz",
        "https://user:p@hunter2/x@10.0.0.1/x",
        "https://user:p@hunter2/x?y=z@host/x",
        "https://user:p@ss/hunter2@host/x",
        "https://user:p@hunter2/x@host/x",
        "https://user:p@hunter2/x#y@host/x",
        "https://user:p@hunter2/x?y@host/x",
        "https://user:hunter2@/@host/x",
        "https://user:a?hunter2@host/x",
        "https://user:12?hunter2@host/x",
        "https://user:hunter2#a@host/x",
        "https://user:a#hunter2@host",
        "https://hunter2?x@host",
        "https:user:hunter2@host/x",
        "https:/user:hunter2@host/x",
        "https:///user:hunter2@host/x",
        "https:///hunter2@host/x",
        "https:\\\\user:hunter2@host\\x",
        "//user:hunter2@host/x",
        "user:hunter2@host/x",
        "user:hunter2?@host",
        "user:hunter2@host://x",
        " https://user:hunter2@host/x",
        "https://proxy/https://user:hunter2@host/x",
        "https://host/a https://user:hunter2@host/",
        "https://host/x\n?token=hunter2",
        "https://host/x?a\ntoken=hunter2",
        "https://host/x?a\r\nb#\u2028hunter2",
        "x\n?hunter2",
        "https://user:hunter2%40host/x",
        "https://user:hunter2",
        "file://user:hunter2@host/x",
        "HTTPS://user:hunter2@host/x",
      })
  void neverShowsASecret(String text) {
    assertThat(RedactedUri.of(text)).doesNotContain("hunter2");
  }

  @Test
  void isOneLine() {
    assertThat(RedactedUri.of("https://h/a\nb\r\u0085\u2028c\u001b[0m"))
        .isEqualTo("https://h/a\\nb\\r\\x85\\u2028c\\x1b[0m");
  }

  @Test
  void longHostileTextIsShownWithoutDelay() {
    String hostile = "https://host/@" + ":".repeat(500_000);

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> RedactedUri.of(hostile));
  }
}
