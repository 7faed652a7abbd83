package dev.stretcher.store;

import java.io.IOException;
import java.time.Duration;

/**
 * Keys that vanish with their owner. Used by one thread at a time.
 *
 * <p>A lease is advisory: its owner may be slow to notice that it is gone.
 */
public interface Lease extends AutoCloseable {
  /** Returns its ID, which {@link KeyValue#lease} shows. */
  String id();

  /** Returns how long it lasts without {@link #renew}. */
  Duration ttl();

  /**
   * Sets a key that nobody else holds. A store may refuse a key for some seconds after the lease of
   * another owner has vanished.
   *
   * @param value its text, stored as UTF-8
   * @return false if another lease holds it, or if the store refuses it for now
   * @throws IOException if the store cannot be asked, or if this lease is gone
   * @throws InterruptedException if the thread was interrupted
   */
  boolean take(String key, String value) throws IOException, InterruptedException;

  /**
   * Lets the lease last for its whole time again.
   *
   * @return false if it is gone, and its keys with it
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  boolean renew() throws IOException, InterruptedException;

  /**
   * Ends it, and deletes its keys.
   *
   * @throws IOException if the store cannot be asked; the lease ends by itself then
   */
  @Override
  void close() throws IOException;
}
