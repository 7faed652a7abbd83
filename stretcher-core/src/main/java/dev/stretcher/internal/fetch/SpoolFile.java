package dev.stretcher.internal.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The temporary file that an archive is kept in while it is fetched. Closing it removes it. */
public final class SpoolFile implements Closeable {
  private final Path path;
  private final FileChannel channel;

  private SpoolFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates an empty file in {@code directory}, readable by its owner only.
   *
   * @param prefix what its name begins with
   */
  public static SpoolFile create(Path directory, String prefix) throws IOException {
    Path path = Files.createTempFile(directory, prefix, ".spool");
    try {
      return new SpoolFile(path, FileChannel.open(path, StandardOpenOption.WRITE));
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Returns where the file is. */
  public Path path() {
    return path;
  }

  /** Empties the file. */
  public void clear() throws IOException {
    channel.truncate(0);
    channel.position(0);
  }

  /** Appends a chunk, all of it. */
  public void write(ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      channel.write(chunk);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(path);
    }
  }
}
