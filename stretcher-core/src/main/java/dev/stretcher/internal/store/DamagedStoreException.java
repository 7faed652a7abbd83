package dev.stretcher.internal.store;

import dev.stretcher.text.NativeText;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The file of a store does not say what was written. */
final class DamagedStoreException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  DamagedStoreException(Path file, String reason) {
    super(NativeText.text(file), null, reason);
  }

  static DamagedStoreException in(Path file, String where, String what) {
    return new DamagedStoreException(
        file,
        "it is damaged %s: %s; put a copy in its place, or remove it and set what is desired anew: until then each host keeps what it has"
            .formatted(where, what));
  }
}
