package dev.stretcher.internal.transfer;

import dev.stretcher.process.Background;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** One connection: fetches one part after the other. */
final class PartFetcher implements Background.Work<PartQueue, RuntimeException> {
  private final RemoteObject object;
  private final Optional<String> validator;
  private final PartQueue queue;
  private final OpenContent open = new OpenContent();

  PartFetcher(RemoteObject object, Optional<String> validator, PartQueue queue) {
    this.object = object;
    this.validator = validator;
    this.queue = queue;
  }

  /** A failure belongs to a part: the reader of the queue meets it where that part would begin. */
  @Override
  public PartQueue call() throws InterruptedException {
    for (Optional<Part> part = queue.claim(); part.isPresent(); part = queue.claim()) {
      fetch(part.get());
    }
    return queue;
  }

  private void fetch(Part part) throws InterruptedException {
    try (Content content = open.hold(object.open(part.range(), validator))) {
      requireSame(content, part);
      read(content.body(), part);
    } catch (IOException e) {
      queue.failed(part, e);
    } catch (RuntimeException | Error e) {
      // Such as too little memory for the part.
      queue.failed(part, new IOException(e));
    } finally {
      open.release();
    }
  }

  private void requireSame(Content content, Part part) throws IOException {
    if (content.firstByte() != part.range().first()) {
      throw new IOException("the object was replaced while it was fetched");
    }
  }

  private void read(InputStream body, Part part) throws IOException {
    int filled = 0;
    while (filled < part.length()) {
      int count = body.read(part.bytes(), filled, part.length() - filled);
      if (count < 0) {
        throw new IOException(
            "the part at byte %s ended after %s of %s bytes"
                .formatted(part.range().first(), filled, part.length()));
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
