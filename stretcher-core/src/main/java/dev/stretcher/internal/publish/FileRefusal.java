package dev.stretcher.internal.publish;

import dev.stretcher.publish.ContentChangedException;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Says what a file system refuses of an object, and not of a name that nobody knows. */
final class FileRefusal {
  private FileRefusal() {}

  static IOException explained(Path object, IOException e) {
    String shown = NativeText.text(object);
    if (e instanceof ContentChangedException) {
      return e;
    }
    if (e instanceof AccessDeniedException) {
      return caused(
          new AccessDeniedException(
              shown,
              null,
              "permission denied; let the user of this process write to the directory and search"
                  + " those above it"),
          e);
    }
    if (e instanceof FileSystemException failure && !shown.equals(failure.getFile())) {
      String reason = String.valueOf(failure.getReason());
      return caused(new FileSystemException(shown, null, reason), e);
    }
    return e;
  }

  private static IOException caused(IOException failure, IOException cause) {
    failure.initCause(cause);
    return failure;
  }
}
