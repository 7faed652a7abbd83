package dev.stretcher.internal.store;

import dev.stretcher.trust.PrivateFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of a store, as far as this process has read it. Not thread-safe; who appends holds the
 * lock of the store.
 */
final class StoreFile implements Closeable {
  private static final int OPENINGS = 20;

  private final Path path;
  private Optional<FileChannel> channel = Optional.empty();
  private Optional<Seen> seen = Optional.empty();
  private Replay replay;

  StoreFile(Path path) {
    this.path = path;
    this.replay = new Replay(path);
  }

  /** What was at the path when it was read last. */
  private record Seen(@Nullable Object key, long size, FileTime time) {
    static Optional<Seen> at(Path path) throws IOException {
      try {
        BasicFileAttributes found =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Optional.of(new Seen(found.fileKey(), found.size(), found.lastModifiedTime()));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }

    boolean isSameFile(Seen other) {
      return Objects.equals(key, other.key);
    }
  }

  /** Tells whether the file has changed since {@link #refresh}. */
  boolean isStale() throws IOException {
    return !Seen.at(path).equals(seen);
  }

  /** Returns what the file had at {@link #refresh}. */
  StoreIndex index() {
    return replay.index();
  }

  /** Reads what other processes have written. A file that is not there has nothing. */
  void refresh() throws IOException {
    Optional<Seen> now = Seen.at(path);
    if (now.equals(seen)) {
      return;
    }
    try {
      if (now.isEmpty()) {
        close();
      } else {
        if (!goesOn(now.get())) {
          now = reopen();
        }
        replay.read(channel.orElseThrow());
      }
      seen = now;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private boolean goesOn(Seen now) {
    return seen.isPresent()
        && now.isSameFile(seen.get())
        && now.size() != seen.get().size()
        && now.size() >= replay.end();
  }

  private Optional<Seen> reopen() throws IOException {
    for (int opening = 0; opening < OPENINGS; opening++) {
      close();
      Optional<Seen> before = Seen.at(path);
      if (before.isEmpty()) {
        throw new NoSuchFileException(path.toString());
      }
      PrivateFile.require(path);
      channel =
          Optional.of(FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      // It is written anew now and then.
      if (Seen.at(path).filter(before.get()::isSameFile).isPresent()) {
        return before;
      }
    }
    throw new DamagedStoreException(path, "it is replaced all the time; find out by whom");
  }

  /** Returns the text of a key. */
  String value(StoreIndex.Place place) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(place.length());
    FileChannel from = channel.orElseThrow();
    while (line.hasRemaining() && from.read(line, place.position() + line.position()) > 0) {
      // Whatever is missing, the line cannot be read.
    }
    try {
      return StoreLine.value(new String(line.array(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw DamagedStoreException.in(
          path, "at byte " + place.position(), "it does not have the value that it had");
    }
  }

  /** Makes the file, if it is not there, and reads it. */
  void prepare() throws IOException {
    if (Seen.at(path).isEmpty()) {
      PrivateFile.replace(path, bytes(StoreLine.header(1)));
    }
    refresh();
  }

  /**
   * Appends a transaction, and reads it.
   *
   * @param durable whether it outlasts a power failure
   */
  void append(String lines, boolean durable) throws IOException {
    long end = replay.end();
    String commit =
        StoreLine.commit(
            index().version() + 1, Batch.sum(replay.sum(), lines.getBytes(StandardCharsets.UTF_8)));
    try (FileChannel out = PrivateFile.open(path, StandardOpenOption.WRITE)) {
      try {
        // The rest of a write that was cut off.
        out.truncate(end);
        out.position(end);
        PrivateFile.write(out, bytes(lines + commit));
        if (durable) {
          out.force(false);
        }
      } catch (IOException e) {
        out.truncate(end);
        throw e;
      }
    }
    refresh();
  }

  /** Writes the file anew, without what is past, if most of it is. */
  void compact() throws IOException {
    if (replay.end() <= Compaction.threshold(index())) {
      return;
    }
    try {
      PrivateFile.replace(path, new Compaction(index(), this::value).content());
    } catch (IOException e) {
      // The file is as it was, and what was to be written is; the next write tries again.
      return;
    }
    refresh();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    Optional<FileChannel> open = channel;
    channel = Optional.empty();
    seen = Optional.empty();
    replay = new Replay(path);
    if (open.isPresent()) {
      open.get().close();
    }
  }
}
