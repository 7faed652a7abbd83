package dev.stretcher.cli.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer to a request.
 *
 * @param status the status of HTTP
 * @param type the media type of the body
 * @param body a text
 */
public record Answer(int status, String type, String body) {
  /** The status of success. */
  public static final int OK = 200;

  /** The status of what is not there. */
  public static final int NOT_FOUND = 404;

  /** The status of a method that is not GET. */
  public static final int NOT_ALLOWED = 405;

  /** The status of a request for another host. */
  public static final int MISDIRECTED = 421;

  /** The status of what is not there now. */
  public static final int UNAVAILABLE = 503;

  private static final String TEXT = "text/plain; charset=utf-8";

  /** Returns an answer in plain text. */
  public static Answer text(int status, String body) {
    return new Answer(status, TEXT, body);
  }

  /** Sends it, and ends the exchange. */
  public void send(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(status, -1);
      } else {
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
