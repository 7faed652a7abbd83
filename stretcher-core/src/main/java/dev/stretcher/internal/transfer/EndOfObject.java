package dev.stretcher.internal.transfer;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Fetches the end of an object into memory. Each attempt begins anew. Used by one thread. */
final class EndOfObject implements Pass.Way, FetchSink {
  private final RemoteObject object;
  private final int most;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private Transfer.End answer = new Transfer.End.Unknown();

  EndOfObject(RemoteObject object, int most) {
    this.object = object;
    this.most = most;
  }

  /** Returns what was answered, once it has arrived. */
  Transfer.End answer() {
    return answer;
  }

  @Override
  public Pass.Next first(long received, Optional<String> version) {
    return this::open;
  }

  private Content open() throws IOException, InterruptedException {
    answer = new Transfer.End.Unknown();
    Optional<Content> opened = object.openEnd(most);
    if (opened.isEmpty()) {
      return content(InputStream.nullInputStream(), 0);
    }
    Content content = opened.get();
    if (content.firstByte() == 0) {
      // Nothing of it is read here, but by whoever takes the whole.
      answer = new Transfer.End.Whole(content);
      return content(InputStream.nullInputStream(), 0);
    }
    long length = content.totalLength().orElse(Long.MAX_VALUE) - content.firstByte();
    if (length < 1 || length > most) {
      content.close();
      throw new UnusableRangeException(
          "the last %s bytes were asked for, and byte %s on was answered"
              .formatted(most, content.firstByte()));
    }
    bytes = ByteBuffer.allocate((int) length);
    answer = new Transfer.End.Bytes(content.firstByte(), bytes.array(), content.validator());
    return content(content.body(), length);
  }

  /** Returns a content of which the end alone is the whole. */
  private static Content content(InputStream body, long length) {
    return new Content(
        body, ByteRange.ALL, OptionalLong.of(length), Optional.empty(), Optional.empty());
  }

  @Override
  public Optional<Pass.Next> after(Content content, long received) {
    return Optional.empty();
  }

  @Override
  public boolean isFinal(IOException failure) {
    return failure instanceof UnusableRangeException;
  }

  @Override
  public boolean failed(IOException cause, long received) {
    return false;
  }

  @Override
  public boolean asksForRanges() {
    return true;
  }

  @Override
  public void measured(long count, long nanos) {
    // It is too little to tell anything.
  }

  @Override
  public void begin(Optional<Path> file, OptionalLong length) {
    bytes.clear();
  }

  @Override
  public void write(ByteBuffer chunk) throws IOException {
    if (chunk.remaining() > bytes.remaining()) {
      throw new IOException("more came than was asked for");
    }
    bytes.put(chunk);
  }
}
