package dev.stretcher.store;

import java.util.Optional;

/**
 * A key of a store with its value. Immutable.
 *
 * @param key its name
 * @param value its text; bytes that are not UTF-8 have become replacement characters
 * @param flags a number beside the value, whose meaning is that of whoever writes it
 * @param version changes when the key is changed; positive. A write of what is there already may
 *     leave it as it is, and wake nobody
 * @param lease the ID of the lease that took it
 */
public record KeyValue(
    String key, String value, long flags, long version, Optional<String> lease) {}
