package dev.stretcher.testing.consul;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key of the store. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Entry(
    String key,
    byte[] value,
    long flags,
    String session,
    long lockIndex,
    long created,
    long modified) {

  /** Tells whether a write changes nothing, which Consul then does not do. */
  boolean isAs(Entry other) {
    return Arrays.equals(value, other.value)
        && flags == other.flags
        && session.equals(other.session)
        && lockIndex == other.lockIndex;
  }

  Map<String, @Nullable Object> json(boolean withValue) {
    Map<String, @Nullable Object> json =
        Json.object(
            "LockIndex",
            lockIndex,
            "Key",
            key,
            "Flags",
            new BigInteger(Long.toUnsignedString(flags)));
    json.put(
        "Value", withValue && value.length > 0 ? Base64.getEncoder().encodeToString(value) : null);
    if (!session.isEmpty()) {
      json.put("Session", session);
    }
    json.put("CreateIndex", created);
    json.put("ModifyIndex", modified);
    return json;
  }
}
