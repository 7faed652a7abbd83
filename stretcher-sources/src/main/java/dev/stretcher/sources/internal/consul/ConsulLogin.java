package dev.stretcher.sources.internal.consul;

import dev.stretcher.sources.internal.http.Unusable;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.TrustedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.Request;

/**
 * Who asks: {@code CONSUL_HTTP_TOKEN_FILE}, which goes before {@code CONSUL_HTTP_TOKEN}, and {@code
 * CONSUL_HTTP_AUTH}. Immutable.
 */
final class ConsulLogin {
  private static final String TOKEN = "CONSUL_HTTP_TOKEN";
  private static final String FILE = "CONSUL_HTTP_TOKEN_FILE";
  private static final String AUTH = "CONSUL_HTTP_AUTH";
  private static final int LONGEST = 4096;
  private static final String MASK = "***";

  private final Map<String, String> environment;

  ConsulLogin(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the name of the variable that says, or would say, what the token is. */
  String variable() {
    return ConsulVariables.value(environment, FILE).isPresent() ? FILE : TOKEN;
  }

  /** Returns a request with the token that there is now. */
  Request.Builder on(Request.Builder request) throws IOException {
    Optional<String> token = token();
    if (token.isPresent()) {
      header(request, "X-Consul-Token", token.get(), variable());
    }
    Optional<String> auth = ConsulVariables.value(environment, AUTH);
    if (auth.isPresent()) {
      header(request, "Authorization", basic(auth.get()), AUTH);
    }
    return request;
  }

  private static void header(Request.Builder request, String name, String value, String variable)
      throws IOException {
    try {
      request.header(name, value);
    } catch (IllegalArgumentException e) {
      // The library's words have the value.
      throw Unusable.of(variable, "has characters that a header cannot have");
    }
  }

  private Optional<String> token() throws IOException {
    Optional<String> file = ConsulVariables.value(environment, FILE);
    // Each time: whoever renews tokens writes the file anew.
    return file.isPresent() ? read(file.get()) : ConsulVariables.value(environment, TOKEN);
  }

  private static Optional<String> read(String named) throws IOException {
    Path file = NativeText.path(named);
    try {
      String text = new String(TrustedFile.read(file, LONGEST), StandardCharsets.UTF_8).strip();
      return Optional.of(text).filter(token -> !token.isEmpty());
    } catch (NoSuchFileException e) {
      throw Unusable.of(FILE, "there is no file " + named);
    } catch (FileSystemException e) {
      throw Unusable.of(FILE, named + ": " + e.getReason());
    }
  }

  /** Returns a text that a server wrote, without what is secret. */
  String masked(String text) {
    String masked = text;
    for (String secret : secrets()) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    secrets.add(lastToken());
    Optional<String> auth = ConsulVariables.value(environment, AUTH);
    if (auth.isPresent()) {
      secrets.add(basic(auth.get()).substring("Basic ".length()));
      secrets.add(auth.get().substring(auth.get().indexOf(':') + 1));
    }
    secrets.removeIf(String::isEmpty);
    return secrets;
  }

  private static String basic(String auth) {
    String[] parts = auth.split(":", 2);
    return Credentials.basic(parts[0], parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8);
  }

  private String lastToken() {
    try {
      return token().orElse("");
    } catch (IOException e) {
      // Then no request had it.
      return "";
    }
  }
}
