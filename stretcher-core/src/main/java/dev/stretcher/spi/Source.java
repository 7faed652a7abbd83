package dev.stretcher.spi;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A place that manifests and archives are fetched from, chosen by the scheme of their URL.
 *
 * <p>An implementation is thread-safe, creates expensive clients on the first {@link #open} and not
 * before, and does not retry: the engine does. It reports an object that does not exist with {@link
 * java.nio.file.NoSuchFileException} and one that it may not read with {@link
 * java.nio.file.AccessDeniedException}, both with the cause as their {@code reason}; these two
 * failures are final. Any other {@link IOException} is taken as transient and may be retried.
 * Messages must not contain credentials or query strings.
 *
 * <p>Found with {@link java.util.ServiceLoader}, or given to the builder, which takes precedence.
 */
public interface Source extends AutoCloseable {
  /** Returns the schemes that this source serves, in lower case, such as {@code http}. */
  Set<String> schemes();

  /**
   * Opens an object.
   *
   * @param uri has one of {@link #schemes}
   * @param request which bytes the engine wants
   * @return its bytes, which the caller closes
   * @throws java.nio.file.NoSuchFileException if there is no such object
   * @throws java.nio.file.AccessDeniedException if access is refused, for any reason
   * @throws IOException if the attempt failed, and a later one may not
   * @throws InterruptedException if the thread was interrupted
   */
  Content open(URI uri, FetchRequest request) throws IOException, InterruptedException;

  /**
   * Opens the end of an object, of which the length is not known yet.
   *
   * <p>The default is empty: this source cannot do that, and the engine fetches the whole object by
   * {@link #open}.
   *
   * @param uri has one of {@link #schemes}
   * @param bytes how many of the last bytes are wanted, at least 1; all, if the object has fewer
   * @param userAgent how Stretcher introduces itself
   * @return the bytes, which the caller closes: {@link Content#range} and {@link
   *     Content#totalLength} say which they are. It may also be the whole object, from its first
   *     byte on. Empty if there is no way to ask for the end
   * @throws IOException as {@link #open}
   * @throws InterruptedException if the thread was interrupted
   */
  default Optional<Content> openEnd(URI uri, long bytes, String userAgent)
      throws IOException, InterruptedException {
    return Optional.empty();
  }

  /** Releases clients and connections; contents that are open become invalid. Idempotent. */
  @Override
  default void close() throws IOException {}
}
