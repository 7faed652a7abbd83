package dev.stretcher.internal.rollout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of the hosts in a rollout: that of the SHA-256 of the ID, a blank and the name. All
 * hosts know it without asking, and it is another one for each ID, so that not the same hosts are
 * the canaries each time. Not thread-safe.
 */
final class Order {
  private final String id;
  private final Map<String, byte[]> ranks = new HashMap<>();

  Order(String id) {
    this.id = id;
  }

  /** Returns hosts in their order. */
  List<String> of(Collection<String> nodes) {
    List<String> ordered = new ArrayList<>(nodes);
    ordered.sort(
        Comparator.comparing(
            node -> ranks.computeIfAbsent(node, this::rank), Arrays::compareUnsigned));
    return ordered;
  }

  private byte[] rank(String node) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((id + " " + node).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
