package dev.stretcher.testing.consul;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** An answer before it has headers. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(
    int status, String type, byte[] body, String index, boolean isOfServers, boolean hasLeader) {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  /** What is not read from the state of the servers has no index. */
  static Reply json(String body) {
    return new Reply(200, JSON, bytes(body), "", false, true);
  }

  static Reply json(String body, String index) {
    return new Reply(200, JSON, bytes(body), index, false, true);
  }

  static Reply read(String body, long index) {
    return new Reply(200, JSON, bytes(body), Long.toString(index), true, true);
  }

  static Reply raw(byte[] body, long index) {
    return new Reply(200, "text/plain", body, Long.toString(index), true, true);
  }

  static Reply nothing(long index) {
    return new Reply(404, "", new byte[0], Long.toString(index), true, true);
  }

  static Reply conflict(String body) {
    return new Reply(409, JSON, bytes(body), "", false, true);
  }

  static Reply text(int status, String body) {
    return new Reply(status, TEXT, bytes(body), "", false, true);
  }

  static Reply html(int status) {
    return new Reply(
        status, "text/html", bytes("<!doctype html><title>It works!</title>"), "", false, true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  OptionalLong number() {
    return index.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(index));
  }

  Reply withoutLeader() {
    return new Reply(status, type, body, index, isOfServers, false);
  }

  /** Returns what goes over the connection. */
  byte[] bytes() {
    StringBuilder head = new StringBuilder("HTTP/1.1 %s %s\r\n".formatted(status, phrase()));
    if (!type.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    head.append("Vary: Accept-Encoding\r\n");
    if (!type.equals("text/html")) {
      head.append("X-Consul-Default-Acl-Policy: allow\r\n");
    }
    if (!index.isEmpty()) {
      head.append("X-Consul-Index: ").append(index).append("\r\n");
    }
    if (isOfServers) {
      head.append("X-Consul-Knownleader: %s\r\nX-Consul-Lastcontact: 0\r\n".formatted(hasLeader));
    }
    if (status == 429) {
      head.append("Retry-After: 7\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes(head.toString()));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private String phrase() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 409 -> "Conflict";
      case 413 -> "Request Entity Too Large";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      default -> "Other";
    };
  }
}
