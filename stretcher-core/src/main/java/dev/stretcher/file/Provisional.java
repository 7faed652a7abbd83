package dev.stretcher.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * An open resource that is closed again unless it is kept, for a method that opens a resource,
 * checks it, and returns it if all is well.
 *
 * <pre>{@code
 * try (Provisional<PinnedPlace> place = Provisional.of(PinnedPlace.hold(path))) {
 *   requireOurs(place.get());
 *   return place.keep();
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 *
 * @param <T> the type of the resource
 */
public final class Provisional<T extends Closeable> implements Closeable {
  private final T opened;
  private boolean kept;

  private Provisional(T opened) {
    this.opened = opened;
  }

  /** Takes care of {@code opened}. */
  public static <T extends Closeable> Provisional<T> of(T opened) {
    return new Provisional<>(opened);
  }

  /** Returns the resource. */
  public T get() {
    return opened;
  }

  /** Returns the resource and leaves it to the caller to close it. */
  public T keep() {
    kept = true;
    return opened;
  }

  /** Closes the resource, unless it was kept. */
  @Override
  public void close() throws IOException {
    if (!kept) {
      opened.close();
    }
  }
}
