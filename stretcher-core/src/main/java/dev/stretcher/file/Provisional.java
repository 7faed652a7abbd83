package dev.stretcher.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * Something open that is closed again unless it is kept: what a method opens, looks at, and returns
 * if all is well.
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
 * @param <T> what is open
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

  /** Returns what is open. */
  public T get() {
    return opened;
  }

  /** Returns what is open, for the caller to close. */
  public T keep() {
    kept = true;
    return opened;
  }

  /** Closes what is open, unless it was kept. */
  @Override
  public void close() throws IOException {
    if (!kept) {
      opened.close();
    }
  }
}
