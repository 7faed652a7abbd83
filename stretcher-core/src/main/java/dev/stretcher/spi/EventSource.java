package dev.stretcher.spi;

import java.io.IOException;
import java.util.Optional;

/**
 * Where events come from. Used by one thread at a time. A program gives it to {@link
 * dev.stretcher.Stretcher#deployNext}; the agent has it from an {@link EventSourceProvider}.
 *
 * <p>An event that may come more than once, for example after a restart, needs an ID, which is the
 * same each time: see {@link DeployRequest#of(java.net.URI, String, String)}. It is deployed once
 * by a host that keeps a ledger. A source that can hand out an event again forgets an event only in
 * {@link #handled}: a deploy that is cancelled or killed leaves its event unhandled.
 */
public interface EventSource extends AutoCloseable {
  /** Returns what this source reads, for the log, such as {@code STDIN}; without secrets. */
  String name();

  /**
   * Waits for the next event.
   *
   * @return empty if there is nothing to do and no event will come
   * @throws MalformedEventException if what came is not an event; the next call goes on behind it
   * @throws IOException if events cannot be read
   * @throws InterruptedException if the thread was interrupted, before the call or while it waited;
   *     the interrupt status is cleared, and no event is lost
   */
  Optional<DeployRequest> next() throws IOException, InterruptedException;

  /**
   * Tells that an event from {@link #next} is done: its deploy succeeded, failed or gave way to a
   * newer event, and the ledger says so, or the ledger had it before. Called between two calls of
   * {@code next}, maybe in another thread, which nobody interrupts. Not called for an event whose
   * deploy was cancelled: that event is to be handed out again after the source was closed and
   * opened. The default does nothing.
   *
   * @throws IOException if the event cannot be given up; a warning, and the deploy counts
   */
  default void handled(DeployRequest request) throws IOException {}

  /** Gives up what this source holds. Idempotent. The default does nothing. */
  @Override
  default void close() throws IOException {}
}
