package dev.stretcher.internal.store;

import dev.stretcher.internal.store.LineReader.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The lines of a transaction whose end has not been read yet. Not thread-safe. */
final class Batch {
  private final CRC32C sum;
  private final List<StoreLine> changes = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();
  private boolean unreadable;
  private int lines;

  /** Where the value of a key is. */
  private record Value(StoreLine.Put put, long position, int length) {}

  /**
   * @param before the checksum of the transaction before
   */
  Batch(long before) {
    this.sum = begun(before);
  }

  private static CRC32C begun(long before) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, before));
    return sum;
  }

  /** Returns the checksum of lines that follow others. */
  static long sum(long before, byte[] lines) {
    CRC32C sum = begun(before);
    sum.update(lines);
    return sum.getValue();
  }

  void add(Line line) {
    sum.update(line.bytes(), line.offset(), line.length());
    lines++;
    try {
      take(line);
    } catch (IOException e) {
      unreadable = true;
    }
  }

  private void take(Line line) throws IOException {
    if (!line.startsWith(StoreLine.VALUE)) {
      changes.add(StoreLine.parse(line.text()));
    } else if (lastPut().isPresent()) {
      values.add(new Value(lastPut().get(), line.position(), line.length()));
    } else {
      throw new IOException("it is a value without a key");
    }
  }

  private Optional<StoreLine.Put> lastPut() {
    return !changes.isEmpty() && changes.get(changes.size() - 1) instanceof StoreLine.Put put
        ? Optional.of(put)
        : Optional.empty();
  }

  /** Tells whether this is the transaction that {@code end} ends. */
  boolean isWhole(StoreLine.Commit end) {
    return !unreadable && sum.getValue() == end.sum();
  }

  int lines() {
    return lines;
  }

  void applyTo(StoreIndex index, long version) {
    for (StoreLine change : changes) {
      index.apply(change, version);
    }
    for (Value value : values) {
      long at = value.put().at().orElse(version);
      index.set(new StoreIndex.Place(value.put(), at, value.position(), value.length()));
    }
    index.reach(version);
  }
}
