package dev.stretcher.sources.internal.http;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client that is made when a source first needs it, and closed with the source. Thread-safe. */
public final class OnFirstUse<T> {
  private final Supplier<T> maker;
  private final Consumer<T> closer;
  private @Nullable T made;
  private boolean closed;

  /**
   * Creates the holder of a client.
   *
   * @param maker a lambda expression, as {@code closer}: a method reference would load the class of
   *     the client, and with it a library that may not be there
   */
  public OnFirstUse(Supplier<T> maker, Consumer<T> closer) {
    this.maker = maker;
    this.closer = closer;
  }

  public synchronized T get() {
    if (closed) {
      throw new IllegalStateException("this source is closed; create another one");
    }
    T client = made;
    if (client == null) {
      client = maker.get();
      made = client;
    }
    return client;
  }

  /** Idempotent. */
  public synchronized void close() {
    if (!closed && made != null) {
      closer.accept(made);
    }
    closed = true;
  }
}
