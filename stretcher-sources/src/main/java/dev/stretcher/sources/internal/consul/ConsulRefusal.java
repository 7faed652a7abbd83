package dev.stretcher.sources.internal.consul;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stretcher.sources.internal.http.RetryAfter;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;

/** Explains an answer that is not what was asked for. */
final class ConsulRefusal {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final int SHOWN = 200;
  private static final String UNKNOWN_TOKEN = "ACL not found";

  private final String store;
  private final ConsulLogin login;

  ConsulRefusal(String store, ConsulLogin login) {
    this.store = store;
    this.login = login;
  }

  /** Returns the exception for an answer with a status that was not expected. */
  IOException of(ConsulAnswer answer, ConsulNeed need) {
    String said = said(answer);
    String message = store + ": cannot " + need.doing() + ": HTTP " + answer.status() + said;
    return switch (answer.status()) {
      case UNAUTHORIZED ->
          new AccessDeniedException(
              store, null, "HTTP 401" + said + "; put the right USER:PASSWORD in CONSUL_HTTP_AUTH");
      case FORBIDDEN -> denied(said, need);
      case TOO_LARGE ->
          new IOException(message + "; write less at once, see Consul's kv_max_value_size");
      case ConsulAnswer.OK, ConsulAnswer.NOT_FOUND ->
          new IOException(message + "; expected Consul's HTTP API there, check the address");
      default -> RetryAfter.passing(answer.headers(), message);
    };
  }

  /** Returns the exception for what a token may not do. */
  AccessDeniedException denied(String said, ConsulNeed need) {
    String remedy =
        said.contains(UNKNOWN_TOKEN)
            ? "the token in %s is unknown or has expired; put one there whose policy has %s"
            : "put a token into %s whose policy has %s";
    return new AccessDeniedException(
        store,
        null,
        "may not " + need.doing() + said + "; " + remedy.formatted(login.variable(), need.rule()));
  }

  /** Tells whether Consul's words, in whatever answer, are about the token. */
  static boolean isDenial(String said) {
    return said.contains("Permission denied") || said.contains(UNKNOWN_TOKEN);
  }

  /** Returns the exception for content that is not Consul's. */
  IOException unreadable(ConsulNeed need, Exception cause) {
    // The parser's words have a part of what it read.
    return new IOException(
        "%s: cannot %s: what it answered is not Consul's JSON; check the address"
            .formatted(store, need.doing()),
        cause instanceof JsonProcessingException ? null : cause);
  }

  /** Returns the exception for an answer of a server that may have missed what happened. */
  IOException withoutLeader(ConsulNeed need) {
    return new IOException(store + ": cannot " + need.doing() + ": it has no leader now");
  }

  /** Returns the begin of a body in parentheses, for people. */
  private String said(ConsulAnswer answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8).strip();
    return body.isEmpty() ? "" : " (" + shown(body) + ")";
  }

  /** Returns the first line of what a server wrote, without secrets. */
  String shown(String text) {
    String masked = login.masked(text);
    String line = masked.lines().findFirst().orElse("");
    return Printable.of(line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line);
  }
}
