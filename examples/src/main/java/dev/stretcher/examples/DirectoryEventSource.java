package dev.stretcher.examples;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.MalformedEventException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes events from a directory: a file {@code NAME.event} that carries a manifest's URL is an
 * event, and is removed once its deploy has ended; the event of a deploy that was cancelled comes
 * again when the source is opened again. Write a file under another name and rename it, so that it
 * is never seen half written. Files that are already there come first, in the order of their names.
 * A file that is no event becomes {@code NAME.event.bad}.
 *
 * <p>The ID of an event stands for the name, the content and the time of its file. So who is not
 * sure whether a file arrived may send it again with the same time, as {@code rsync -t} does: a
 * host that keeps a ledger deploys it once.
 *
 * <p>Used by one thread at a time.
 */
public final class DirectoryEventSource implements EventSource {
  private static final String SUFFIX = ".event";

  private final Path directory;
  private final WatchService watch;
  private final WatchKey watched;

  /** The files that were handed out and are not handled yet, with the IDs of their events. */
  private final Map<Path, String> taken = new HashMap<>();

  /**
   * Begins to watch.
   *
   * @throws IOException if {@code directory} cannot be watched
   */
  public DirectoryEventSource(Path directory) throws IOException {
    this.directory = directory;
    this.watch = directory.getFileSystem().newWatchService();
    try {
      this.watched =
          directory.register(
              watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    } catch (IOException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return directory.toString();
  }

  @Override
  public Optional<DeployRequest> next() throws IOException, InterruptedException {
    Interrupts.requireNone();
    Optional<Path> file = first();
    while (file.isEmpty()) {
      requireWatched();
      WatchKey key = watch.take();
      key.pollEvents();
      key.reset();
      file = first();
    }
    return Optional.of(take(file.get()));
  }

  /** A directory that was removed and made again is another one, which nobody watches. */
  private void requireWatched() throws IOException {
    if (!watched.isValid()) {
      throw new NoSuchFileException(
          directory.toString(), null, "the directory was removed; make it, and start again");
    }
  }

  private Optional<Path> first() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX) && !taken.containsKey(file))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .findFirst();
    }
  }

  private DeployRequest take(Path file) throws IOException {
    try {
      EventFile event = EventFile.read(file);
      URI manifest = event.manifest();
      taken.put(file, event.id());
      return DeployRequest.of(manifest, "file " + file.getFileName(), event.id());
    } catch (MalformedEventException e) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".bad"),
          StandardCopyOption.REPLACE_EXISTING);
      throw e;
    }
  }

  @Override
  public void handled(DeployRequest request) throws IOException {
    for (Map.Entry<Path, String> each : Map.copyOf(taken).entrySet()) {
      if (request.eventId().equals(Optional.of(each.getValue()))) {
        taken.remove(each.getKey());
        removeUnlessNew(each.getKey(), each.getValue());
      }
    }
  }

  /** A file of the same name that came meanwhile is the next event. */
  private static void removeUnlessNew(Path file, String id) throws IOException {
    try {
      if (EventFile.read(file).id().equals(id)) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      // Someone removed it.
    } catch (MalformedEventException e) {
      // It is another one, which the next call sets aside.
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
