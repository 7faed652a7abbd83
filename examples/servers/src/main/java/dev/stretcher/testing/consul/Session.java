package dev.stretcher.testing.consul;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session. Immutable.
 *
 * @param ttl as it was asked for; zero if it never ends by itself
 * @param renewed when its time began last
 */
record Session(
    String id,
    String name,
    String node,
    Duration lockDelay,
    boolean deletes,
    Duration ttl,
    Instant renewed,
    long index) {

  Session renewedAt(Instant now) {
    return new Session(id, name, node, lockDelay, deletes, ttl, now, index);
  }

  /** Consul may take up to twice the time, and does. */
  boolean isOver(Instant now) {
    return !ttl.isZero() && !now.isBefore(renewed.plus(ttl.multipliedBy(2)));
  }

  Map<String, @Nullable Object> json() {
    return Json.object(
        "ID",
        id,
        "Name",
        name,
        "Node",
        node,
        "LockDelay",
        lockDelay.toNanos(),
        "Behavior",
        deletes ? "delete" : "release",
        "TTL",
        ttl.isZero() ? "" : ttl.toSeconds() + "s",
        "NodeChecks",
        List.of("serfHealth"),
        "ServiceChecks",
        null,
        "CreateIndex",
        index,
        "ModifyIndex",
        index);
  }
}
