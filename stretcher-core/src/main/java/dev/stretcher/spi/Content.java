package dev.stretcher.spi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@link Source} answers: the bytes of an object, from some offset on.
 *
 * <p>{@link #close} closes the body. The engine calls it from another thread to end a read that is
 * blocked, so closing {@code body} must make such a read fail with an {@link IOException} soon.
 * Closing twice does nothing. A body that ends before {@code totalLength} is treated as a broken
 * transfer by the engine; a source need not check that itself.
 *
 * @param body the bytes from {@code firstByte} on
 * @param firstByte the offset of the first byte of {@code body} in the object; less than what was
 *     asked for when the source cannot serve that range, and then 0
 * @param totalLength the length of the whole object, if it is known
 * @param validator names this version of the object (a strong ETag, a version number)
 * @param file the object itself, when it is a local regular file that may be read in place
 */
public record Content(
    InputStream body,
    long firstByte,
    OptionalLong totalLength,
    Optional<String> validator,
    Optional<Path> file)
    implements Closeable {

  /** Returns the content of a whole object of unknown length. */
  public static Content of(InputStream body) {
    return new Content(body, 0, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
