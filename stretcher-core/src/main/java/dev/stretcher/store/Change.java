package dev.stretcher.store;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A change of one key, with a condition. Immutable. */
public sealed interface Change {
  /** Returns the key. */
  String key();

  /** Returns what must hold, else nothing of the write is done. */
  Condition condition();

  /** What must hold of a key. */
  sealed interface Condition {
    /** Nothing need hold. */
    Condition NONE = new Any();

    /** The key must not be there. */
    Condition ABSENT = new Absent();

    /** See {@link Condition#NONE}. */
    record Any() implements Condition {}

    /** See {@link Condition#ABSENT}. */
    record Absent() implements Condition {}

    /**
     * The key must be there, unchanged.
     *
     * @param version its {@link KeyValue#version}
     */
    record At(long version) implements Condition {}
  }

  /**
   * Sets a key.
   *
   * @param value its text, stored as UTF-8
   * @param flags see {@link KeyValue#flags}
   */
  record Put(String key, String value, long flags, Condition condition) implements Change {}

  /** Deletes a key; one that is not there is no failure unless the condition says so. */
  record Delete(String key, Condition condition) implements Change {}

  /** Returns a change that sets a key to a text, whatever it was. */
  static Change put(String key, String value) {
    return put(key, value, Condition.NONE);
  }

  /** Returns a change that sets a key to a text, on a condition. */
  static Change put(String key, String value, Condition condition) {
    return new Put(key, value, 0, condition);
  }

  /** Returns a change that deletes a key, whatever it was. */
  static Change delete(String key) {
    return new Delete(key, Condition.NONE);
  }

  /**
   * Refuses what no store does at once, before it is asked.
   *
   * @param changes those of a {@link KeyValueStore#write}
   * @throws IllegalArgumentException if they are too many, two are of the same key, a key is empty
   *     or begins with a slash, or a value is too large
   */
  static void requirePossible(List<Change> changes) {
    if (changes.size() > KeyValueStore.MAX_CHANGES) {
      throw new IllegalArgumentException(
          "a write has %s changes; expected at most %s"
              .formatted(changes.size(), KeyValueStore.MAX_CHANGES));
    }
    Set<String> keys = new HashSet<>();
    for (Change change : changes) {
      if (change.key().isEmpty() || change.key().startsWith("/")) {
        throw new IllegalArgumentException(
            "'%s' is no key; expected text that does not begin with a slash"
                .formatted(change.key()));
      }
      if (!keys.add(change.key())) {
        throw new IllegalArgumentException(
            "a write has two changes of %s; expected one".formatted(change.key()));
      }
      if (change instanceof Put put) {
        requireSmall(put.key(), put.value());
      }
    }
  }

  /**
   * Refuses a value that no store keeps.
   *
   * @throws IllegalArgumentException if it is too large
   */
  static void requireSmall(String key, String value) {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > KeyValueStore.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the value of %s has %s bytes; expected at most %s"
              .formatted(key, bytes, KeyValueStore.MAX_VALUE));
    }
  }
}
