package dev.stretcher.internal.store;

import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A store in a directory, for the processes of one machine that run as its owner or as root. Reads
 * make nothing.
 */
public final class FileStore implements KeyValueStore {
  /** How often a watch looks, if the system tells nothing. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final SharedFile shared;

  private FileStore(SharedFile shared) {
    this.shared = shared;
  }

  /**
   * Opens the store in a directory, which need not exist.
   *
   * @param clock by which leases end
   * @throws IOException if others could change the directory, or it is none
   */
  public static FileStore in(Path directory, SteadyClock clock) throws IOException {
    SharedFile shared = new SharedFile(directory.toAbsolutePath().normalize(), clock);
    shared.requireDirectory();
    return new FileStore(shared);
  }

  @Override
  public String name() {
    return "file:" + NativeText.text(shared.directory());
  }

  @Override
  public Optional<KeyValue> get(String key) throws IOException {
    return shared.reading(
        file -> {
          Optional<StoreIndex.Place> place = file.index().get(key);
          return place.isPresent() && isThere(file, place.get())
              ? Optional.of(entry(file, place.get()))
              : Optional.empty();
        });
  }

  @Override
  public Listing list(String prefix) throws IOException {
    return shared.reading(
        file -> {
          List<KeyValue> entries = new ArrayList<>();
          for (StoreIndex.Place place : file.index().below(prefix).values()) {
            if (isThere(file, place)) {
              entries.add(entry(file, place));
            }
          }
          return new Listing(entries, file.index().version());
        });
  }

  private static KeyValue entry(StoreFile file, StoreIndex.Place place) throws IOException {
    StoreLine.Put put = place.put();
    return new KeyValue(put.key(), file.value(place), put.flags(), place.version(), put.lease());
  }

  private boolean isThere(StoreFile file, StoreIndex.Place place) {
    return place.put().lease().isEmpty() || !file.index().isLost(place, shared.now());
  }

  @Override
  public Listing watch(String prefix, long version, Duration most)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    if (version == 0) {
      return list(prefix);
    }
    long start = shared.nanoTime();
    try (ChangeBell bell = ChangeBell.in(shared.directory())) {
      while (true) {
        Duration left = most.minusNanos(shared.nanoTime() - start);
        if (hasChanged(prefix, version) || left.isNegative() || left.isZero()) {
          return list(prefix);
        }
        bell.await(left.compareTo(LOOK) < 0 ? left : LOOK);
      }
    }
  }

  private boolean hasChanged(String prefix, long version) throws IOException {
    shared.requireOpen();
    if (shared.hasLost(prefix)) {
      // Their end becomes a change that everybody sees.
      shared.writing(file -> true);
    }
    return !shared.isQuiet(prefix, version)
        && shared.reading(file -> file.index().hasChanged(prefix, version));
  }

  @Override
  public boolean write(List<Change> changes) throws IOException {
    Change.requirePossible(changes);
    return shared.writing(
        file -> {
          StringBuilder lines = new StringBuilder();
          for (Change change : changes) {
            Optional<StoreIndex.Place> now = file.index().get(change.key());
            if (!holds(change.condition(), now)) {
              return false;
            }
            lines.append(line(change, now));
          }
          if (lines.length() > 0) {
            file.append(lines.toString(), true);
          }
          return true;
        });
  }

  private static boolean holds(Change.Condition condition, Optional<StoreIndex.Place> now) {
    if (condition instanceof Change.Condition.At at) {
      return now.isPresent() && now.get().version() == at.version();
    }
    return !(condition instanceof Change.Condition.Absent) || now.isEmpty();
  }

  private static String line(Change change, Optional<StoreIndex.Place> now) {
    if (change instanceof Change.Put put) {
      Optional<String> lease = now.flatMap(place -> place.put().lease());
      return StoreLine.put(
          new StoreLine.Put(put.key(), put.flags(), lease, Optional.empty()), put.value());
    }
    return now.isPresent() ? StoreLine.delete(change.key()) : "";
  }

  @Override
  public Lease lease(String purpose, Duration ttl) throws IOException {
    FileLease lease = new FileLease(shared, UUID.randomUUID().toString(), purpose, ttl);
    lease.begin();
    return lease;
  }

  /** Returns nobody: who runs on a machine is not known. */
  @Override
  public Optional<Membership> membership() {
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      shared.close();
    } catch (IOException e) {
      // Of a file that was only read.
      throw new UncheckedIOException(e);
    }
  }
}
