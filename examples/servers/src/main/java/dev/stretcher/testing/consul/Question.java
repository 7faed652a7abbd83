package dev.stretcher.testing.consul;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request. Immutable.
 *
 * @param path behind {@code /v1/}, decoded
 * @param parameters of the query, decoded; those without a value have an empty one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Question(
    String method, String path, Map<String, String> parameters, String token, byte[] body) {
  private static final String API = "/v1/";

  static Question of(String method, String target, String token, byte[] body) {
    String[] parts = target.split("\\?", 2);
    Map<String, String> parameters = new TreeMap<>();
    if (parts.length > 1) {
      Arrays.stream(parts[1].split("&"))
          .map(each -> each.split("=", 2))
          .forEach(
              each -> parameters.put(decoded(each[0]), each.length > 1 ? decoded(each[1]) : ""));
    }
    // In a path, a plus sign is one.
    String path = decoded(parts[0].replace("+", "%2B"));
    return new Question(
        method, path.startsWith(API) ? path.substring(API.length()) : "", parameters, token, body);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  boolean isRead() {
    return method.equals("GET");
  }

  boolean has(String parameter) {
    return parameters.containsKey(parameter);
  }

  Optional<String> get(String parameter) {
    return Optional.ofNullable(parameters.get(parameter));
  }

  /** Returns what is behind a prefix of the path. */
  String behind(String prefix) {
    return path.substring(prefix.length());
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns the method and what is asked, for tests. */
  String line() {
    return method + " " + path + (parameters.isEmpty() ? "" : " " + parameters);
  }
}
