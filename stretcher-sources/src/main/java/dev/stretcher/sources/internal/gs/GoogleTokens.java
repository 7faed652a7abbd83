package dev.stretcher.sources.internal.gs;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.stretcher.sources.internal.http.Unusable;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens of the application default credentials. Thread-safe. */
final class GoogleTokens implements GcsTokens {
  static final String READ_ONLY = "https://www.googleapis.com/auth/devstorage.read_only";
  static final String READ_WRITE = "https://www.googleapis.com/auth/devstorage.read_write";

  // Google's words, for which it has no exception of its own.
  private static final String NOT_FOUND = "default credentials were not found";
  private static final int SERVER_ERROR = 500;

  private final String scope;
  private @Nullable GoogleCredentials credentials;

  private GoogleTokens(String scope) {
    this.scope = scope;
  }

  GoogleTokens(GoogleCredentials credentials) {
    this.scope = READ_ONLY;
    this.credentials = scoped(credentials, scope);
  }

  private static GoogleCredentials scoped(GoogleCredentials credentials, String scope) {
    // The engine retries.
    return credentials.createScoped(scope).createWithCustomRetryStrategy(false);
  }

  /**
   * Creates the tokens.
   *
   * @param scope what they are good for
   * @throws NoClassDefFoundError if Google's library is not on the class path
   */
  static GoogleTokens load(String scope) {
    // Otherwise its absence would only be noticed when a token is asked for.
    Objects.requireNonNull(GoogleCredentials.class);
    return new GoogleTokens(scope);
  }

  @Override
  public synchronized Optional<String> token(Optional<String> stale) throws IOException {
    if (credentials == null) {
      Optional<GoogleCredentials> found = find();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      credentials = found.get();
    }
    return Optional.of(token(credentials, stale));
  }

  private Optional<GoogleCredentials> find() throws IOException {
    try {
      return Optional.of(scoped(GoogleCredentials.getApplicationDefault(), scope));
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains(NOT_FOUND)) {
        return Optional.empty();
      }
      throw refused(
          "the credentials cannot be read: "
              + Printable.of(String.valueOf(e.getMessage()))
              + "; check the file that GOOGLE_APPLICATION_CREDENTIALS names",
          e);
    }
  }

  private static String token(GoogleCredentials credentials, Optional<String> stale)
      throws IOException {
    try {
      credentials.refreshIfExpired();
      if (stale.isPresent() && stale.get().equals(value(credentials))) {
        credentials.refresh();
      }
      return value(credentials);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private static String value(GoogleCredentials credentials) throws IOException {
    @Nullable AccessToken token = credentials.getAccessToken();
    if (token == null) {
      throw new IOException("there is no token in Google's answer");
    }
    return token.getTokenValue();
  }

  private static IOException explained(IOException e) {
    String said = String.valueOf(e.getMessage());
    if (said.contains("invalid_grant")) {
      return refused(
          "it does not accept the credentials (invalid_grant); check that the key was not"
              + " deleted, and the clock of this machine",
          e);
    }
    boolean passing = e instanceof Retryable retryable && retryable.isRetryable();
    if (!passing && status(e) >= 400 && status(e) < SERVER_ERROR) {
      return refused("it does not give a token (HTTP " + status(e) + "); check the key", e);
    }
    return new IOException(
        "no token from Google: " + Printable.of(said.lines().findFirst().orElse("no reason given")),
        e);
  }

  private static int status(@Nullable Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer) {
        return answer.getStatusCode();
      }
    }
    return 0;
  }

  private static AccessDeniedException refused(String reason, IOException cause) {
    AccessDeniedException refused = Unusable.of("Google", reason);
    refused.initCause(cause);
    return refused;
  }
}
