package dev.stretcher.publish;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object cannot be written, since there is one of that name. */
public final class ObjectExistsException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable StoredObject there;

  /**
   * Creates the exception.
   *
   * @param message names the object, without secrets
   * @param there what is known about the object that is there
   */
  public ObjectExistsException(String message, Optional<StoredObject> there) {
    super(message);
    this.there = there.orElse(null);
  }

  /** Returns what is known about the object that is there. */
  public Optional<StoredObject> there() {
    return Optional.ofNullable(there);
  }
}
