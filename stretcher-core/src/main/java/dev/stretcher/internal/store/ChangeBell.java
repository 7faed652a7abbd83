package dev.stretcher.internal.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits until something happens in a directory, or until a time is over. The system may have no
 * more watches to give, or not know what other machines do there: who waits looks often enough.
 * Used by one thread.
 */
final class ChangeBell implements Closeable {
  private final Optional<WatchService> service;

  private ChangeBell(Optional<WatchService> service) {
    this.service = service;
  }

  static ChangeBell in(Path directory) throws IOException {
    WatchService service;
    try {
      service = directory.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      return new ChangeBell(Optional.empty());
    }
    try {
      directory.register(
          service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      return new ChangeBell(Optional.of(service));
    } catch (IOException e) {
      service.close();
      return new ChangeBell(Optional.empty());
    }
  }

  void await(Duration most) throws InterruptedException {
    if (service.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(most.toNanos());
      return;
    }
    WatchKey rung = service.get().poll(most.toNanos(), TimeUnit.NANOSECONDS);
    if (rung != null) {
      rung.pollEvents();
      rung.reset();
    }
  }

  @Override
  public void close() throws IOException {
    if (service.isPresent()) {
      service.get().close();
    }
  }
}
