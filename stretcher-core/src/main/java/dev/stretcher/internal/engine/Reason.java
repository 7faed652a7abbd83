package dev.stretcher.internal.engine;

import dev.stretcher.file.Descriptors;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why something failed, in an operator's words. */
public final class Reason {
  private static final int LONGEST_NAME = 300;

  private Reason() {}

  /** Returns the reason alone, for a message that names the object itself. */
  public static String of(Exception e) {
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = e.getMessage();
    boolean speaks =
        e instanceof IOException
            || e instanceof ManifestException
            || e instanceof IllegalArgumentException;
    return speaks && message != null ? message : e.toString();
  }

  /** Returns the reason and, if the failure knows it, the file that it is about. */
  public static String withFile(Exception e) {
    String file = e instanceof FileSystemException failure ? failure.getFile() : null;
    return file == null || file.isEmpty() ? of(e) : shown(file) + ": " + of(e);
  }

  private static @Nullable String shown(String file) {
    try {
      String text = NativeText.text(Descriptors.named(Path.of(file)));
      return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "..." : text;
    } catch (InvalidPathException e) {
      return file;
    }
  }
}
