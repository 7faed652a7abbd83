package dev.stretcher.internal.live;

import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Words for what went wrong. */
public final class Reasons {
  private Reasons() {}

  /** Returns why something failed, on one line; the names of system calls alone say too little. */
  public static String of(Exception failure) {
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return kind;
    }
    boolean alone = failure instanceof FileSystemException file && file.getReason() == null;
    return Printable.line(alone ? kind + ": " + message : message);
  }

  /** Returns that no agent has ever remembered what is desired in a state directory. */
  public static String noAgent(Path state) {
    return "no agent has taken it that has its state in %s; does it run, and with this --state-dir?"
        .formatted(NativeText.text(state));
  }
}
