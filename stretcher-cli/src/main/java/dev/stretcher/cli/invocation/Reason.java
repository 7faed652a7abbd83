package dev.stretcher.cli.invocation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says in words for people why something cannot be read. */
public final class Reason {
  private Reason() {}

  /** Returns the reason. */
  public static String of(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied; ask as the user who deploys"
        : e instanceof FileSystemException f && f.getReason() != null
            ? f.getFile() + ": " + f.getReason()
            : String.valueOf(e.getMessage());
  }
}
