package dev.stretcher.internal.store;

import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.process.Interrupts;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import dev.stretcher.trust.ProcessLock;
import dev.stretcher.trust.TrustedPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file of a store, which threads and processes share. Thread-safe. */
final class SharedFile implements Closeable {
  private final Path directory;
  private final SteadyClock clock;
  private final ProcessLock lock;
  private final StoreFile file;
  private volatile boolean closed;

  SharedFile(Path directory, SteadyClock clock) {
    this.directory = directory;
    this.clock = clock;
    this.lock = new ProcessLock(directory.resolve("store.lock"));
    this.file = new StoreFile(directory.resolve("store.jsonl"));
  }

  Path directory() {
    return directory;
  }

  /** What is read or written, on the state of now. */
  @FunctionalInterface
  interface Access<T> {
    T with(StoreFile file) throws IOException;
  }

  void requireDirectory() throws IOException {
    TrustedPath.require(directory);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new FileSystemException(
          NativeText.text(directory), null, "it is not a directory; name another one");
    }
  }

  void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the store was closed");
    }
  }

  LeaseTime now() {
    return LeaseTime.now(clock);
  }

  long nanoTime() {
    return clock.nanoTime();
  }

  /** Reads without the lock: what is appended meanwhile is not whole, and does not count yet. */
  <T> T reading(Access<T> access) throws IOException {
    requireOpen();
    return Interrupts.shielded(
        () -> {
          try {
            return refreshed(access);
          } catch (DamagedStoreException e) {
            // It may have been changed while it was read.
            return readingAlone(access, e);
          }
        });
  }

  private <T> T readingAlone(Access<T> access, DamagedStoreException damage) throws IOException {
    try {
      return lock.hold(() -> refreshed(access));
    } catch (AccessDeniedException e) {
      damage.addSuppressed(e);
      throw damage;
    }
  }

  private synchronized <T> T refreshed(Access<T> access) throws IOException {
    requireOpen();
    file.refresh();
    return access.with(file);
  }

  /** Tells, by a look at no more than the file's attributes, that nothing is new. */
  synchronized boolean isQuiet(String prefix, long version) throws IOException {
    return !file.isStale() && !file.index().hasChanged(prefix, version);
  }

  /** Tells whether a lease is over that has a key below a prefix. */
  synchronized boolean hasLost(String prefix) {
    Optional<LeaseTime> now = Optional.empty();
    for (StoreIndex.Place place : file.index().below(prefix).values()) {
      if (place.put().lease().isPresent()) {
        now = now.isPresent() ? now : Optional.of(now());
        if (file.index().isLost(place, now.get())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Works with the lock, after the keys of leases that are over were deleted. */
  <T> T writing(Access<T> access) throws IOException {
    requireOpen();
    requireDirectory();
    try {
      Files.createDirectories(directory, PrivateFile.DIRECTORY);
      return lock.hold(() -> alone(access));
    } catch (AccessDeniedException e) {
      AccessDeniedException refused =
          new AccessDeniedException(
              NativeText.text(directory),
              null,
              "this user may not write there; run as the owner of the directory, or name another"
                  + " one");
      refused.initCause(e);
      throw refused;
    }
  }

  private synchronized <T> T alone(Access<T> access) throws IOException {
    requireOpen();
    file.prepare();
    LeaseTime now = now();
    for (String lease : List.copyOf(file.index().leases().keySet())) {
      if (!file.index().isAlive(lease, now)) {
        end(file, lease);
      }
    }
    T result = access.with(file);
    file.compact();
    return result;
  }

  /** Ends a lease, and deletes its keys. */
  static void end(StoreFile file, String lease) throws IOException {
    List<String> keys = new ArrayList<>();
    for (StoreIndex.Place place : file.index().below("").values()) {
      if (place.put().lease().filter(lease::equals).isPresent()) {
        keys.add(StoreLine.delete(place.put().key()));
      }
    }
    file.append(String.join("", keys) + StoreLine.ended(lease), false);
  }

  /** Closes the file; calls that wait end soon. Idempotent. */
  @Override
  public void close() throws IOException {
    closed = true;
    synchronized (this) {
      file.close();
    }
  }
}
