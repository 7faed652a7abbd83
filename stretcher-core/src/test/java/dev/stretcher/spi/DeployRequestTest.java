package dev.stretcher.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class DeployRequestTest {
  private static final URI MANIFEST = URI.create("https://example.com/app.yml");

  @Test
  void anIdThatWouldFillTheLedgerIsRefused() {
    assertThat(DeployRequest.of(MANIFEST, "post", "x".repeat(200)).eventId()).isPresent();
    assertThatThrownBy(() -> DeployRequest.of(MANIFEST, "post", "x".repeat(200_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("event 'post'", "200000 characters", "expected 200");
  }

  @Test
  void anEventOfConsulWithSuchAnIdIsDeployedAsOneWithoutAnId() {
    DeployRequest request =
        new DeployRequest(MANIFEST, new DeployRequest.Consul("x".repeat(200_000), "deploy", 1));

    assertThat(request.eventId()).isEmpty();
  }
}
