package dev.stretcher.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key/value store that a fleet shares, such as that of Consul. Thread-safe.
 *
 * <p>Keys are text with {@code /} between their parts, without one at the start. Reads are
 * consistent: what a {@link #write} returned true for, a later read of any client sees.
 *
 * <p>An {@link IOException} says that the store could not be asked, and nothing about its content;
 * the caller tries again later. A {@link java.nio.file.AccessDeniedException} is the store's
 * refusal. After a write that failed with an {@code IOException} it is not known whether it was
 * done.
 */
public interface KeyValueStore extends AutoCloseable {
  /** The most bytes that a value may have, in UTF-8. */
  int MAX_VALUE = 512 * 1024;

  /** The most changes that one {@link #write} may have. */
  int MAX_CHANGES = 64;

  /**
   * Returns what this store is, for messages, such as {@code consul://10.0.0.1:8500}; no secret.
   */
  String name();

  /**
   * Returns a key and its value.
   *
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  Optional<KeyValue> get(String key) throws IOException, InterruptedException;

  /**
   * Returns all keys that begin with a prefix, in their order.
   *
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  Listing list(String prefix) throws IOException, InterruptedException;

  /**
   * Waits until a key that begins with a prefix was set or deleted since a listing, or until a time
   * is over.
   *
   * <p>It may return without a change. The caller compares what it gets, and takes the version of
   * the listing that it got last, whatever it is: versions may go down when a store was restored.
   *
   * @param version that of the listing which the caller knows; 0 for none, which returns at once
   * @param most how long to wait at most; a store may wait less, or some seconds more
   * @return what is there now
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  Listing watch(String prefix, long version, Duration most)
      throws IOException, InterruptedException;

  /**
   * Makes all of these changes, or none.
   *
   * @param changes at most {@link #MAX_CHANGES}, of different keys, with values of at most {@link
   *     #MAX_VALUE} bytes
   * @return whether they were made; false if a condition does not hold
   * @throws IllegalArgumentException if they are too many, or a value is too large
   * @throws IOException if the store cannot be asked, or refuses; the changes may have been made
   * @throws InterruptedException if the thread was interrupted; the changes may have been made
   */
  boolean write(List<Change> changes) throws IOException, InterruptedException;

  /**
   * Makes a lease: keys that are taken with it are deleted when it is closed, or some time after
   * its owner has stopped to renew it.
   *
   * @param purpose what people are told about it
   * @param ttl how long it lasts without {@link Lease#renew}, at least; a store may round up, to 10
   *     s or more
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  Lease lease(String purpose, Duration ttl) throws IOException, InterruptedException;

  /** Returns who belongs to the fleet, if this store knows. */
  Optional<Membership> membership();

  /** Returns what tells events to the hosts of the fleet, if this store can. */
  default Optional<EventSender> events() {
    return Optional.empty();
  }

  /**
   * Returns what time it is by the clock of the store; empty if it has none of its own.
   *
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  default Optional<Instant> time() throws IOException, InterruptedException {
    return Optional.empty();
  }

  /** Gives up connections. Idempotent; calls that wait in other threads fail. */
  @Override
  void close();
}
