package dev.stretcher.examples;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.MalformedEventException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes events from a directory: a file {@code NAME.event} that carries a manifest's URL is an
 * event, and is removed when it was read. Write it under another name and rename it, so that it is
 * never seen half written. Files that are already there come first, in the order of their names.
 *
 * <p>The path of the file is the ID of the event: a host that keeps a ledger deploys an event whose
 * name it knows no second time, so that who is not sure whether a file arrived may send it again.
 *
 * <p>Used by one thread at a time.
 */
public final class DirectoryEventSource implements EventSource {
  private static final String SUFFIX = ".event";

  private final Path directory;
  private final WatchService watch;

  /**
   * Begins to watch.
   *
   * @throws IOException if {@code directory} cannot be watched
   */
  public DirectoryEventSource(Path directory) throws IOException {
    this.directory = directory;
    this.watch = directory.getFileSystem().newWatchService();
    directory.register(
        watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
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
      WatchKey key = watch.take();
      key.pollEvents();
      key.reset();
      file = first();
    }
    return Optional.of(read(file.get()));
  }

  private Optional<Path> first() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().findFirst();
    }
  }

  private static DeployRequest read(Path file) throws IOException {
    String url = Files.readString(file, StandardCharsets.UTF_8).strip();
    Files.delete(file);
    try {
      URI manifest = URI.create(url);
      if (manifest.isAbsolute()) {
        return DeployRequest.of(manifest, "file " + file.getFileName(), file.toString());
      }
    } catch (IllegalArgumentException e) {
      throw malformed(file);
    }
    throw malformed(file);
  }

  private static MalformedEventException malformed(Path file) {
    return new MalformedEventException(
        file + " does not carry a URL; write the manifest's URL into it and nothing else");
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
