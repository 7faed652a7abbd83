package dev.stretcher.sources;

import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what comes from a source, and does something between two of its requests. */
final class WatchedSource implements Source {
  private static final Change NONE = () -> null;

  private final Source source;
  private final AtomicLong bytes = new AtomicLong();
  private Change before = NONE;

  /** What happens on the server. */
  @FunctionalInterface
  interface Change {
    Object make() throws IOException;
  }

  WatchedSource(Source source) {
    this.source = source;
  }

  /** Changes the server when the end of an object has come and before more of it is asked for. */
  synchronized void beforeNextRange(Change change) {
    before = change;
  }

  void forget() {
    bytes.set(0);
  }

  /** Returns how many bytes have been read. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public Set<String> schemes() {
    return source.schemes();
  }

  @Override
  public Content open(URI uri, FetchRequest request) throws IOException, InterruptedException {
    change();
    return counted(source.open(uri, request));
  }

  private synchronized void change() throws IOException {
    before.make();
    before = NONE;
  }

  @Override
  public Optional<Content> openEnd(URI uri, long count, String userAgent)
      throws IOException, InterruptedException {
    return source.openEnd(uri, count, userAgent).map(this::counted);
  }

  private Content counted(Content content) {
    InputStream body =
        new FilterInputStream(content.body()) {
          @Override
          public int read() throws IOException {
            int read = super.read();
            bytes.addAndGet(read < 0 ? 0 : 1);
            return read;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytes.addAndGet(Math.max(0, count));
            return count;
          }
        };
    return new Content(
        body, content.range(), content.totalLength(), content.validator(), content.file());
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
