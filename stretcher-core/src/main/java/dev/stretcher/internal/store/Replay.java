package dev.stretcher.internal.store;

import dev.stretcher.internal.store.LineReader.Line;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a file, whole transactions only, and goes on later where it has stopped. A write that was
 * cut off is passed over, as long as nothing follows it. Not thread-safe.
 */
final class Replay {
  private final Path file;
  private StoreIndex index = new StoreIndex(1);
  private long end;
  private long sum;
  private int lines;

  Replay(Path file) {
    this.file = file;
  }

  StoreIndex index() {
    return index;
  }

  /** Returns where the last whole transaction ends. */
  long end() {
    return end;
  }

  /** Returns the checksum of the last whole transaction. */
  long sum() {
    return sum;
  }

  /**
   * Reads what is new.
   *
   * @throws DamagedStoreException if it is not what was written
   */
  void read(FileChannel channel) throws IOException {
    LineReader reader = new LineReader(channel, end);
    if (end == 0) {
      begin(reader.next());
    }
    Batch batch = new Batch(sum);
    for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
      if (!line.get().startsWith(StoreLine.COMMIT)) {
        batch.add(line.get());
      } else if (!commit(batch, line.get())) {
        if (reader.next().isEmpty() && hasHoles(channel)) {
          return;
        }
        throw damaged(batch);
      } else {
        batch = new Batch(sum);
      }
    }
  }

  /** Tells whether there are bytes that nobody wrote, as a power failure leaves them. */
  private boolean hasHoles(FileChannel channel) throws IOException {
    LineReader reader = new LineReader(channel, end);
    boolean holes = false;
    for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
      holes |= line.get().has((byte) 0);
    }
    return holes;
  }

  private void begin(Optional<Line> line) throws IOException {
    StoreLine.Header header = header(line);
    if (header.format() > StoreLine.FORMAT) {
      throw new DamagedStoreException(
          file, "it is of a later version of this program; install a newer one");
    }
    index = new StoreIndex(header.from());
    end = line.orElseThrow().end();
    lines = 1;
  }

  private StoreLine.Header header(Optional<Line> line) throws IOException {
    try {
      if (line.isPresent()
          && StoreLine.parse(line.get().text()) instanceof StoreLine.Header found) {
        return found;
      }
    } catch (IOException e) {
      // As any other line.
    }
    throw DamagedStoreException.in(file, "in line 1", "no store begins like this");
  }

  /** Returns false if it is not the transaction that was written. */
  private boolean commit(Batch batch, Line line) {
    try {
      if (!(StoreLine.parse(line.text()) instanceof StoreLine.Commit commit)
          || !batch.isWhole(commit)) {
        return false;
      }
      batch.applyTo(index, commit.version());
      sum = commit.sum();
      end = line.end();
      lines += batch.lines() + 1;
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private DamagedStoreException damaged(Batch batch) {
    String where =
        "in lines %s to %s"
            .formatted(Integer.toString(lines + 1), Integer.toString(lines + batch.lines() + 1));
    return DamagedStoreException.in(file, where, "they are not what was written");
  }
}
