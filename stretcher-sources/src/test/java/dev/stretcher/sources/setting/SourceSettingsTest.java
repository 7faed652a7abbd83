package dev.stretcher.sources.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stretcher.option.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceSettingsTest {
  @Test
  void eachSettingArrivesInTheConnections() {
    Options options =
        Options.DEFAULT
            .with(
                SourceSettings.HTTP_HEADER, SourceSettings.HTTP_HEADER.parse("Host.A:81/X-T=TOKEN"))
            .with(SourceSettings.CA_FILE, Optional.of(Path.of("/etc/ca.pem")))
            .with(SourceSettings.CLIENT_CERT, Optional.of(Path.of("/etc/client.pem")));

    HttpSettings http = SourceSettings.http(options, Map.of("TOKEN", "secret"));

    assertThat(http.headers())
        .containsExactly(new HttpHeader(Optional.of("host.a:81"), "X-T", "TOKEN"));
    assertThat(http.caFile()).contains(Path.of("/etc/ca.pem"));
    assertThat(http.clientCertificate()).contains(Path.of("/etc/client.pem"));
    assertThat(http.environment()).containsEntry("TOKEN", "secret");
    assertThat(http).asString().contains("X-T", "/etc/ca.pem").doesNotContain("secret");
  }

  @Test
  void nothingIsSetByDefault() {
    HttpSettings http = SourceSettings.http(Options.DEFAULT, Map.of());

    assertThat(http.headers()).isEmpty();
    assertThat(http.caFile()).isEmpty();
    assertThat(http.clientCertificate()).isEmpty();
    assertThat(http.timeouts())
        .isEqualTo(new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(60)));
  }

  @Test
  void aHeaderWhoseVariableIsMissingIsNamed() {
    Options options =
        Options.DEFAULT.with(
            SourceSettings.HTTP_HEADER, List.of(HttpHeader.parse("host/X-T=TOKEN")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceSettings.http(options, Map.of("OTHER", "x")))
        .withMessageContaining("http-header")
        .withMessageContaining("there is no environment variable TOKEN");
  }

  @Test
  void settingsAreToldAsTheyAreWritten() {
    assertThat(
            SourceSettings.HTTP_HEADER.mention(
                List.of(HttpHeader.parse("Host/A=B"), HttpHeader.parse("C=D"))))
        .contains("host/A=B")
        .contains("C=D");
    assertThat(SourceSettings.CA_FILE.mention(SourceSettings.CA_FILE.parse("/etc/ca.pem")))
        .endsWith("=/etc/ca.pem");
    assertThat(SourceSettings.CA_FILE.mention(Optional.empty())).endsWith("=none");
  }

  @Test
  void aTimeOutIsAtLeastAMillisecond() {
    HttpSettings http = HttpSettings.in(Map.of());
    Duration least = Duration.ofMillis(1);
    assertThat(http.withTimeouts(least, least).timeouts()).isEqualTo(new Timeouts(least, least));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> http.withTimeouts(Duration.ofNanos(999_999), least));
    assertThatIllegalArgumentException().isThrownBy(() -> http.withTimeouts(least, Duration.ZERO));
  }
}
