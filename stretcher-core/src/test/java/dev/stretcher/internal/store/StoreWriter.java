package dev.stretcher.internal.store;

import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.store.Change;
import dev.stretcher.store.Change.Condition;
import dev.stretcher.store.KeyValue;
import java.nio.file.Path;
import java.util.List;

/** A process that writes to a store until it is killed. */
final class StoreWriter {
  private StoreWriter() {}

  /** Counts in a key as fast as it can, and notes the number in two others. */
  public static void main(String[] args) throws Exception {
    try (FileStore store = FileStore.in(Path.of(args[0]), KernelClock.ofThisHost())) {
      while (true) {
        if (count(store)) {
          System.out.println("done");
        }
      }
    }
  }

  static boolean count(FileStore store) throws Exception {
    KeyValue number = store.get("number").orElseThrow();
    String next = Long.toString(Long.parseLong(number.value()) + 1);
    return store.write(
        List.of(
            Change.put("number", next, new Condition.At(number.version())),
            Change.put("left", next.repeat(20_000)),
            Change.put("right", next.repeat(20_000))));
  }
}
