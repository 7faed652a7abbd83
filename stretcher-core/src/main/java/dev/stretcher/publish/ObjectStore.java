package dev.stretcher.publish;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A place that objects are published to, such as a bucket. An object is written once, under a name
 * that does not exist yet, and never changed. Thread-safe.
 *
 * <p>What was written is there for each later reader. An object appears as a whole or not at all: a
 * write that fails, is interrupted or is killed leaves nothing under the name.
 *
 * <p>A store does not retry what failed as a whole: {@link Uploads} does. It reports what does not
 * exist with {@link java.nio.file.NoSuchFileException}, and a refusal with {@link
 * java.nio.file.AccessDeniedException}, both with the cause as their {@code reason}; these two are
 * final, as is {@link ObjectExistsException}. Any other {@link IOException} may pass, and says
 * nothing about whether the object was written; a {@link dev.stretcher.spi.RetryLaterException}
 * says when to try again. Messages name the object and a remedy, and have no credentials and no
 * query strings.
 */
public interface ObjectStore extends AutoCloseable {
  /** Returns what this store is, for messages, such as {@code s3://deploys/shop}; no secret. */
  String name();

  /**
   * Returns where hosts fetch an object, whether it is there or not; no user information, no query,
   * no fragment.
   */
  URI url(ObjectName name);

  /**
   * Writes an object whose name does not exist yet.
   *
   * @param content may be read several times, in parts, and by several threads
   * @throws ObjectExistsException if there is an object of that name
   * @throws ContentChangedException if the content has another length than it says
   * @throws java.nio.file.AccessDeniedException if the store refuses it, for any reason
   * @throws IOException if the attempt failed, and a later one may not; the object may be there
   * @throws InterruptedException if the thread was interrupted
   */
  void create(ObjectName name, ObjectContent content) throws IOException, InterruptedException;

  /**
   * Looks for an object.
   *
   * @return what the store knows of it; empty if it is not there
   * @throws java.nio.file.AccessDeniedException if the store does not tell
   * @throws IOException if the attempt failed, and a later one may not
   * @throws InterruptedException if the thread was interrupted
   */
  Optional<StoredObject> find(ObjectName name) throws IOException, InterruptedException;

  /**
   * Opens an object.
   *
   * @return all of its bytes, which the caller closes
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws java.nio.file.AccessDeniedException if access is refused
   * @throws IOException if the attempt failed, and a later one may not
   * @throws InterruptedException if the thread was interrupted
   */
  InputStream open(ObjectName name) throws IOException, InterruptedException;

  /**
   * Returns the objects whose names begin with a prefix, by name. What is there and has no {@link
   * ObjectName} is left out.
   *
   * @param prefix how the text of a name begins, not only its parts; empty for all
   * @return the objects; empty if this kind of store has no list, as HTTP has none
   * @throws java.nio.file.AccessDeniedException if the store does not tell
   * @throws IOException if the attempt failed, and a later one may not
   * @throws InterruptedException if the thread was interrupted
   */
  Optional<List<StoredObject>> list(String prefix) throws IOException, InterruptedException;

  /**
   * Removes an object. One that is not there is no failure.
   *
   * @throws java.nio.file.AccessDeniedException if the store refuses it
   * @throws IOException if the attempt failed, and a later one may not
   * @throws InterruptedException if the thread was interrupted
   */
  void delete(ObjectName name) throws IOException, InterruptedException;

  /** Gives up connections. Idempotent; calls that wait in other threads fail. */
  @Override
  void close();
}
