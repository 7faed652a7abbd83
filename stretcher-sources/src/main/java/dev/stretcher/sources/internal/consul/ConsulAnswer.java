package dev.stretcher.sources.internal.consul;

import okhttp3.Headers;

/**
 * An answer of Consul, or of what is taken for it. Immutable.
 *
 * @param status of HTTP
 * @param headers without those of a proxy on the way there
 * @param body all of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ConsulAnswer(int status, Headers headers, byte[] body) {
  static final int OK = 200;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;

  private static final String INDEX = "X-Consul-Index";
  private static final int FEWEST = 1;

  /** Tells whether Consul itself read its state, and not a server that happens to answer. */
  boolean hasIndex() {
    return headers.get(INDEX) != null;
  }

  /** Returns the index as it is written; that of events is no number of a use. */
  String indexText() {
    String index = headers.get(INDEX);
    return index == null ? "0" : index;
  }

  /** Returns the index of the key/value store, at least 1: 0 would not block. */
  long index() {
    try {
      return Math.max(FEWEST, Long.parseLong(indexText()));
    } catch (NumberFormatException e) {
      return FEWEST;
    }
  }

  /** Tells whether the server that answered knew no leader, so that its state may be old. */
  boolean isWithoutLeader() {
    return "false".equals(headers.get("X-Consul-Knownleader"));
  }
}
