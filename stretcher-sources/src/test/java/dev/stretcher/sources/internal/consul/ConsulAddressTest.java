package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsulAddressTest {
  @ParameterizedTest
  @CsvSource({
    "consul://10.0.0.1:8500, '', '', http://10.0.0.1:8500/, consul://10.0.0.1:8500",
    "consul://consul.internal, '', '', http://consul.internal:8500/, consul://consul.internal:8500",
    "consul://consul.internal, true, '', https://consul.internal:8501/,"
        + " consul://consul.internal:8501",
    "consul://[::1]:1, '', '', http://[::1]:1/, consul://[::1]:1",
    "consul:///, '', '', http://127.0.0.1:8500/, consul://127.0.0.1:8500",
    "consul:///, '', 10.0.0.1:80, http://10.0.0.1/, consul://10.0.0.1:80",
    "consul:///, 1, 10.0.0.1:8501, https://10.0.0.1:8501/, consul://10.0.0.1:8501",
    "consul:///, 1, http://10.0.0.1:8501, https://10.0.0.1:8501/, consul://10.0.0.1:8501",
    "consul:///, '', https://a.example:8501/consul, https://a.example:8501/consul,"
        + " consul://a.example:8501"
  })
  void readsAddressesAndVariables(
      String uri, String ssl, String variable, String url, String name) {
    ConsulAddress address =
        ConsulAddress.parse(
            URI.create(uri), Map.of("CONSUL_HTTP_SSL", ssl, "CONSUL_HTTP_ADDR", variable));

    assertThat(address.base()).hasToString(url);
    assertThat(address.name()).isEqualTo(name);
  }

  @Test
  void namesTheDataCenterAndTheNamespaceInEachRequest() {
    ConsulAddress address =
        ConsulAddress.parse(
            URI.create("consul://10.0.0.1:8500?dc=east"),
            Map.of("CONSUL_NAMESPACE", "team a", "CONSUL_PARTITION", "p"));

    assertThat(address.resource("txn").build().toString())
        .startsWith("http://10.0.0.1:8500/v1/txn?")
        .contains("dc=east", "ns=team%20a", "partition=p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consul:x",
        "consul://user:secret@10.0.0.1:8500",
        "consul://10.0.0.1:8500#secret",
        "consul://10.0.0.1:8500?token=secret",
        "consul://10.0.0.1:8500?dc=a&token=secret",
        "consul://a_b:port/"
      })
  void refusesOtherForms(String uri) {
    assertThatThrownBy(() -> ConsulAddress.parse(URI.create(uri), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected consul://HOST:PORT")
        .hasMessageContaining("CONSUL_HTTP_TOKEN")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "CONSUL_HTTP_ADDR, unix:///run/consul.sock, sockets are not supported",
    "CONSUL_HTTP_SSL, maybe, CONSUL_HTTP_SSL is neither true nor false",
    "CONSUL_HTTP_SSL_VERIFY, maybe, CONSUL_HTTP_SSL_VERIFY is neither true nor false",
    "CONSUL_CLIENT_CERT, /a.pem, CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY belong together",
    "CONSUL_CAPATH, /etc/ssl, CONSUL_CAPATH is not supported"
  })
  void namesAVariableThatIsWrong(String variable, String value, String message) {
    assertThatThrownBy(
            () -> new ConsulStoreProvider().open(URI.create("consul:///"), Map.of(variable, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aStoreHasNoPathAndEventsHaveAName() {
    assertThatThrownBy(() -> new ConsulStoreProvider().open(URI.create("consul://a:1/b"), Map.of()))
        .hasMessageContaining("a store has no path");
    assertThatThrownBy(() -> new ConsulEventsProvider().open(URI.create("consul://a:1"), Map.of()))
        .hasMessageContaining("consul://a:1 names no event; expected consul://HOST:PORT/NAME");
  }
}
