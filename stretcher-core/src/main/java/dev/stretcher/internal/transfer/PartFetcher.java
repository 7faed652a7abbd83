package dev.stretcher.internal.transfer;

import dev.stretcher.internal.transfer.Transfer.OtherVersionException;
import dev.stretcher.process.Background;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** One connection: fetches one part after the other. */
final class PartFetcher implements Background.Work<PartQueue, RuntimeException> {
  private static final int ENOUGH_PARTS = 10;

  private final Opening opening;
  private final PartQueue queue;
  private final Connections connections;
  private final OpenContent open = new OpenContent();
  private int partsSinceRefusal = ENOUGH_PARTS;

  PartFetcher(Opening opening, PartQueue queue, Connections connections) {
    this.opening = opening;
    this.queue = queue;
    this.connections = connections;
  }

  /** Opens a range of the object. */
  @FunctionalInterface
  interface Opening {
    Content open(ByteRange range) throws IOException, InterruptedException;
  }

  /** A failure belongs to a part: the reader of the queue meets it where that part would begin. */
  @Override
  public PartQueue call() throws InterruptedException {
    Optional<Part> part = queue.claim();
    while (part.isPresent()) {
      part = fetch(part.get()) ? queue.claim() : Optional.empty();
    }
    return queue;
  }

  /** Returns whether this connection may go on. */
  private boolean fetch(Part part) throws InterruptedException {
    try {
      Content opened;
      try {
        opened = opening.open(part.range());
      } catch (NoSuchFileException | UnusableRangeException e) {
        throw e;
      } catch (IOException e) {
        return mayGoOn(part, e);
      }
      try (Content content = open.hold(opened)) {
        requireSame(content, part);
        read(content.body(), part);
      }
      partsSinceRefusal++;
      return true;
    } catch (IOException e) {
      queue.failed(part, e);
    } catch (RuntimeException | Error e) {
      // Such as too little memory for the part.
      queue.failed(part, new IOException(e));
    } finally {
      open.release();
    }
    return false;
  }

  /**
   * A server may let us have some connections, but not this one: the others take its part. Or else
   * it has had a fault that passes, so that this connection is tried again, but not again and
   * again.
   */
  private boolean mayGoOn(Part part, IOException refusal) throws InterruptedException {
    int others = queue.leave(part).orElse(0);
    if (others == 0) {
      queue.failed(part, refusal);
      return false;
    }
    if (partsSinceRefusal < ENOUGH_PARTS) {
      connections.limit(refusal, others);
      return false;
    }
    partsSinceRefusal = 0;
    return queue.back();
  }

  private void requireSame(Content content, Part part) throws IOException {
    if (content.firstByte() != part.range().first()
        || content.totalLength().orElse(queue.end()) != queue.end()) {
      throw new OtherVersionException();
    }
  }

  private void read(InputStream body, Part part) throws IOException {
    int filled = part.filled;
    while (filled < part.length()) {
      int count = body.read(part.bytes(), filled, part.length() - filled);
      if (count < 0) {
        throw new IOException(
            "the part at byte %s ended after %s of %s bytes"
                .formatted(part.offset(), filled, part.length()));
      }
      filled += count;
      queue.arrived(part, count);
    }
    // So that the connection can be used again.
    if (body.read() >= 0) {
      throw new IOException("more came than was asked for");
    }
  }

  /** Ends a read that is blocked. From another thread. */
  void abort() throws IOException {
    open.abort();
  }
}
