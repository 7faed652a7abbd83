package dev.stretcher.store;

import java.util.List;

/**
 * The keys below a prefix at one moment. Immutable.
 *
 * @param entries in the order of their keys
 * @param version names that moment for {@link KeyValueStore#watch}; positive
 */
public record Listing(List<KeyValue> entries, long version) {
  /** Copies the list. */
  public Listing {
    entries = List.copyOf(entries);
  }
}
