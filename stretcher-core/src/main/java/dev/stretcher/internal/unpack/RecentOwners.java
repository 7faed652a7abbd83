package dev.stretcher.internal.unpack;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A memory of owners. An archive may name millions; owners that were not asked for lately are
 * forgotten.
 */
final class RecentOwners<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1000;

  RecentOwners() {
    super(16, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > MOST;
  }
}
