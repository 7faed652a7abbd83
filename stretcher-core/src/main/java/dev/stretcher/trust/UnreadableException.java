package dev.stretcher.trust;

import java.nio.file.FileSystemException;

/** This user may not read a file, or not look into a directory above it. */
public final class UnreadableException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  UnreadableException(String file, String reason) {
    super(file, null, reason);
  }
}
