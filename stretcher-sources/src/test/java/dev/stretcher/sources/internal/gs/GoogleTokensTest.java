package dev.stretcher.sources.internal.gs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.GoogleCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service account whose key was made just now, and a token server that is not Google's. */
class GoogleTokensTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTokenIsFetchedOnceAndAgainWhenItWasRefused() throws Exception {
    GoogleTokens tokens = tokens();
    server.enqueue(token("first"));
    server.enqueue(token("second"));

    assertThat(tokens.token(Optional.empty())).hasValue("first");
    assertThat(tokens.token(Optional.empty())).hasValue("first");
    assertThat(tokens.token(Optional.of("first"))).hasValue("second");
    assertThat(tokens.token(Optional.of("first"))).hasValue("second");

    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(server.takeRequest().getBody().utf8()).contains("jwt-bearer");
  }

  @Test
  void aKeyThatWasDeletedIsFinalAndTheClockMayBeTheReason() throws Exception {
    GoogleTokens tokens = tokens();
    server.enqueue(
        new MockResponse.Builder()
            .code(400)
            .addHeader("Content-Type", "application/json")
            .body("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT s3cret\"}")
            .build());

    assertThatThrownBy(() -> tokens.token(Optional.empty()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("check that the key was not deleted, and the clock")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void aTokenServerThatIsNotThereMayComeBack() throws Exception {
    GoogleTokens tokens = tokens();
    server.close();

    assertThatThrownBy(() -> tokens.token(Optional.empty()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("no token from Google: ");
  }

  @Test
  void anyOtherRefusalIsFinalToo() throws Exception {
    GoogleTokens tokens = tokens();
    for (int status : new int[] {400, 403, 499}) {
      server.enqueue(failure(status));

      assertThatThrownBy(() -> tokens.token(Optional.empty()))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("it does not give a token (HTTP " + status + "); check the key");
    }
  }

  private static MockResponse failure(int status) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body("{\"error\":\"other\"}")
        .build();
  }

  @Test
  void credentialsWithoutATokenAreAFailureInWords() {
    GoogleTokens tokens = new GoogleTokens(new Without());

    assertThatThrownBy(() -> tokens.token(Optional.empty()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no token from Google: there is no token in Google's answer");
  }

  /** Credentials that are never refreshed. */
  private static final class Without extends GoogleCredentials {
    private static final long serialVersionUID = 1L;

    @Override
    public void refreshIfExpired() {
      // Nothing comes.
    }

    @Override
    public GoogleCredentials createScoped(String... scopes) {
      return this;
    }

    @Override
    public GoogleCredentials createWithCustomRetryStrategy(boolean defaultRetriesEnabled) {
      return this;
    }
  }

  private GoogleTokens tokens() throws Exception {
    String json =
        """
        {"type": "service_account", "project_id": "p", "private_key_id": "1", "client_id": "2",
         "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
         "client_email": "agent@p.iam.gserviceaccount.com", "token_uri": "%s"}
        """
            .formatted(key(), server.url("/token"));
    return new GoogleTokens(
        GoogleCredentials.fromStream(
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
  }

  private static String key() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return Base64.getEncoder()
        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
  }

  private static MockResponse token(String value) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/json")
        .body(
            "{\"access_token\":\"%s\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
                .formatted(value))
        .build();
  }
}
