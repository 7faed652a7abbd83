package dev.stretcher.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stretcher.text.LenientUri;
import java.net.URI;
import org.junit.jupiter.api.Test;
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
    "https://host/caf\u00e9/,   https://host/caf%c3%a9/1.yml",
    "https://host/caf%e9/,      https://host/caf%E9/1.yml",
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
    "https://host/caf%e9/,      https://host/caf%e8/evil.yml",
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

  @Test
  void aManifestOfCodeIsBelowNone() {
    assertThat(UrlPrefix.parse("code:/").covers(URI.create("code:manifest"))).isFalse();
    assertThat(UrlPrefix.parse("file:/").covers(URI.create("file:srv/app.yml"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%09",
        "..%e2%88%95x",
        "..%e2%81%84x",
        ".%c2%ad.",
        "%09..",
        ".%09.",
        "..%0a",
        "..%0D",
        "..%00",
        "..%00x",
        "..%7f",
        "..%1f",
        "..%20",
        "%20..",
        "..%c2%a0",
        "..%C2%85",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "%25252e%25252E",
        "%2525252525252e",
        "..;",
        "..;a=b",
        "..%3b",
        "%2e%2e%3ba",
        "..%253Bx",
        "..%3Fx",
        "..%23x",
        "..:",
        "..::$DATA",
        "..\\",
        "..%5c",
        "..%255c",
        "%5c..%5cx",
        "a%2f..",
        "a%252f..%252fb",
        "a%09",
        "%c0%ae%c0%ae",
        "%C0%AF",
        "%e0%80%ae.",
        "..%c1%9c",
        "%25u002e%25u002e",
        "%25%32%65.",
        "%ef%bc%8e%ef%bc%8e",
        "%e2%80%a5",
        "..%ef%bc%8fx",
        "..%ef%bc%bcx",
        "..%e2%80%8b",
        "...",
        ".. .",
        "."
      })
  void whatSomeServerCouldTakeForTheWayUpIsBelowNone(String segment) {
    URI uri = LenientUri.parse("https://host/apps/" + segment + "/evil.yml");

    assertThat(UrlPrefix.parse("https://host/apps/").covers(uri)).isFalse();
    assertThat(UrlPrefix.parse("https://host/").covers(uri)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a%20b",
        "100%25",
        "a%2520b",
        "..a",
        "a..",
        ".app",
        "a;b",
        "a:b",
        "%c3%bc",
        "%fc",
        "%e2%82%ac",
        "a+b",
        "a@1.2",
        "%3F",
        "a...b",
        "%E3%81%82",
        "%d9%85%db%8c%e2%80%8c%d8%b1",
        "%f0%9f%91%a9%e2%80%8d%f0%9f%92%bb",
        "a%c2%adb",
        "%c2%bd"
      })
  void allOtherNamesAreBelowIt(String segment) {
    URI uri = LenientUri.parse("https://host/apps/" + segment + "/good.yml");

    assertThat(UrlPrefix.parse("https://host/apps/").covers(uri)).isTrue();
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
