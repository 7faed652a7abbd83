package dev.stretcher.internal.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a file that has what an index has, and nothing of the past.
 *
 * @param values reads the text of a key
 */
record Compaction(StoreIndex index, Values values) {
  /** Below this size, a file is left as it is. */
  private static final long SMALL = 1 << 20;

  /** About what the line of a key takes besides the value. */
  private static final int BESIDES = 100;

  /** Reads the text of a key. */
  @FunctionalInterface
  interface Values {
    String of(StoreIndex.Place place) throws IOException;
  }

  /** Returns the size from which on less than a half of a file is of use. */
  static long threshold(StoreIndex index) {
    long used = 0;
    for (StoreIndex.Place place : index.below("").values()) {
      used += place.length() + BESIDES;
    }
    return SMALL + 2 * used;
  }

  ByteBuffer content() throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Map.Entry<String, LeaseTime> lease : index.leases().entrySet()) {
      lines.writeBytes(bytes(StoreLine.until(lease.getKey(), lease.getValue(), "")));
    }
    for (StoreIndex.Place place : index.below("").values()) {
      StoreLine.Put put = place.put();
      lines.writeBytes(
          bytes(
              StoreLine.put(
                  new StoreLine.Put(
                      put.key(), put.flags(), put.lease(), Optional.of(place.version())),
                  values.of(place))));
    }
    byte[] all = lines.toByteArray();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(bytes(StoreLine.header(index.version())));
    content.writeBytes(all);
    content.writeBytes(bytes(StoreLine.commit(index.version(), Batch.sum(0, all))));
    return ByteBuffer.wrap(content.toByteArray());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
