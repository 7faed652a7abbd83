package dev.stretcher.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stretcher.text.LenientUri;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "s3://bucket/,              s3://bucket/app.yml",
    "s3://bucket,               s3://bucket/deep/app.yml",
    "s3://my_bucket/apps/,      s3://my_bucket/apps/a//b.yml",
    "https://host/apps/,        https://host/apps/1.yml",
    "https://host/apps/,        HTTPS://HOST:443/apps/1.yml?version=2",
    "https://host/apps,         https://host/apps",
    "https://host/apps/1.yml,   https://host/apps/1.yml",
    "https://host/,             https://user:secret@host/1.yml",
    "https://host:8443/,        https://host:8443/1.yml",
    "https://[::1]/,            https://[::1]/1.yml",
    "https://host/a%20b/,       https://host/a b/1.yml",
    "https://host/a+b/,         https://host/a%2Bb/1.yml",
    "file:///srv/,              file:/srv/app.yml",
    "file:/srv/,                file:///srv/app.yml",
  })
  void covers(String prefix, String url) {
    assertThat(UrlPrefix.parse(prefix).covers(LenientUri.parse(url))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/,              s3://bucket-evil/app.yml",
    "s3://bucket/,              s3://bucket.evil/app.yml",
    "s3://bucket/,              s3://user@bucket/app.yml",
    "s3://bucket/,              gs://bucket/app.yml",
    "s3://bucket/apps/,         s3://bucket/apps-evil/app.yml",
    "s3://bucket/apps/,         s3://bucket/app",
    "https://host/,             http://host/app.yml",
    "https://host/,             https://host@evil/app.yml",
    "https://host/,             https://host:pw@evil/app.yml",
    "https://host/,             https://host.evil/app.yml",
    "https://host/,             https://evil/host/app.yml",
    "https://host/,             https://host:8443/app.yml",
    "https://host/,             https://evil/?https://host/",
    "https://host/,             https://evil/#https://host/",
    "https://host/apps/,        https://host/apps/../evil.yml",
    "https://host/apps/,        https://host/apps/%2e%2e/evil.yml",
    "https://host/apps/,        https://host/apps/.%2E/evil.yml",
    "https://host/apps/,        https://host/apps/..%2Fevil.yml",
    "https://host/apps/,        https://host/apps/..%5Cevil.yml",
    "https://host/apps/,        https://host/apps/..;/evil.yml",
    "https://host/apps/,        https://host/apps/..%3Bx/evil.yml",
    "https://host/apps/,        https://host//apps/1.yml",
    "https://host/apps/,        https://host/APPS/1.yml",
    "https://host/apps/,        https://host/appsx",
    "file:///srv/,              file://host/srv/app.yml",
    "file:///srv/,              file:///srv/../etc/app.yml",
  })
  void doesNotCover(String prefix, String url) {
    assertThat(UrlPrefix.parse(prefix).covers(LenientUri.parse(url))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/apps",
        "https://user@host/",
        "https://host/?x",
        "https://host/#x",
        "https://host/a/../b",
        "https://host/a%2Fb"
      })
  void refusesWhatIsNoPrefix(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> UrlPrefix.parse(prefix));
  }
}
