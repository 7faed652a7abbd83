package dev.stretcher.spi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@link Source} answers: some of the bytes of an object.
 *
 * <p>{@link #close} closes the body. The engine calls it from another thread to end a read that is
 * blocked, so closing {@code body} must make such a read fail with an {@link IOException} soon.
 * Closing twice does nothing. A body that ends before its range, or before {@code totalLength}, is
 * treated as a broken transfer by the engine; a source need not check that itself.
 *
 * @param body the bytes of {@code range}
 * @param range which bytes of the object these are: the requested range, or the whole object if the
 *     source cannot serve ranges; {@link ByteRange#last} is empty if the body goes on to the end of
 *     the object
 * @param totalLength the length of the whole object, if it is known
 * @param validator names this version of the object (a strong ETag, a version number)
 * @param file the object itself, when it is a local regular file that may be read in place
 */
public record Content(
    InputStream body,
    ByteRange range,
    OptionalLong totalLength,
    Optional<String> validator,
    Optional<Path> file)
    implements Closeable {

  /** Returns the content of a whole object of unknown length. */
  public static Content of(InputStream body) {
    return new Content(
        body, ByteRange.ALL, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the offset of the first byte of the body. */
  public long firstByte() {
    return range.first();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
