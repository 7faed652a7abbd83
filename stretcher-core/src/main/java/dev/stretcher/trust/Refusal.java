package dev.stretcher.trust;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

/** Why something is not used: the very thing that is wrong, and what to do about it. */
final class Refusal {
  private Refusal() {}

  static FileSystemException of(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }

  static FileSystemException denied(Path path, String what) throws IOException {
    return of(path, "uid %d may not %s %s".formatted(OwnUser.uid(), what, NativeText.text(path)));
  }

  /** Has a refusal be about the path that was asked for, and name what is wrong on its way. */
  static FileSystemException of(Path asked, FileSystemException refusal) {
    String reason = Objects.requireNonNullElse(refusal.getReason(), "permission denied");
    String wrong = Objects.requireNonNullElse(refusal.getFile(), asked.toString());
    boolean itself = wrong.equals(asked.toAbsolutePath().toString());
    FileSystemException named =
        of(asked, itself ? reason : NativeText.text(Path.of(wrong)) + ": " + reason);
    named.initCause(refusal);
    return named;
  }
}
