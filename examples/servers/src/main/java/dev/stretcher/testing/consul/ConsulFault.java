package dev.stretcher.testing.consul;

/** What is wrong with a Consul, or with what lies before it. */
public enum ConsulFault {
  /** No server leads: what a client agent then says, also to queries that wait. */
  NO_LEADER,
  /** A read finds nothing, as a stale one may during an election. */
  EMPTY,
  /** The token has expired. */
  DENIED,
  /** Too many requests; ask again in 7 s. */
  BUSY,
  /** Something else answers, with a page and the status of a success. */
  HTML,
  /** Something else answers, with a page and the status of what is not found. */
  HTML_NOT_FOUND,
  /** There is no answer. */
  HANG,
  /** The connection is closed before an answer to what was done. */
  DROPPED
}
