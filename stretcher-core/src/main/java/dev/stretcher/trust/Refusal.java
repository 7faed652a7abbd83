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
    return new FileSystemException(NativeText.text(path), null, reason);
  }

  static FileSystemException denied(Path path, String what) throws IOException {
    String name = NativeText.text(path);
    return new UnreadableException(
        name, "uid %s may not %s %s".formatted(OwnUser.uid(), what, name));
  }

  /** Returns a refusal of the path that was asked for, which names what is wrong on its way. */
  static FileSystemException about(Path asked, FileSystemException refusal) {
    String reason = Objects.requireNonNullElse(refusal.getReason(), "permission denied");
    String itself = NativeText.text(asked.toAbsolutePath());
    String wrong = Objects.requireNonNullElse(refusal.getFile(), itself);
    String said = wrong.equals(itself) ? reason : wrong + ": " + reason;
    FileSystemException named =
        refusal instanceof UnreadableException
            ? new UnreadableException(NativeText.text(asked), said)
            : of(asked, said);
    named.initCause(refusal);
    return named;
  }
}
