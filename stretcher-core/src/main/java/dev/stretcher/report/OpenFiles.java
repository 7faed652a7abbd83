package dev.stretcher.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says that this process may have too few files open, and how to change that. */
public final class OpenFiles {
  private static final String TOO_MANY = "Too many open files";
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String ROW = "Max open files";

  /** A JVM with the jars of this program has not so many open. */
  private static final long ENOUGH_FOR_CLASSES = 128;

  /** A cause may, by mistake, lead back to itself. */
  private static final int DEEPEST = 20;

  private OpenFiles() {}

  /**
   * Tells whether something has failed since no more files could be opened. A class that cannot be
   * loaded does not say why: then the limit tells.
   */
  public static boolean areTooFew(@Nullable Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      String message = each.getMessage();
      if (message != null && message.contains(TOO_MANY)
          || each instanceof LinkageError && isLow(limit())) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }

  private static boolean isLow(long limit) {
    return limit >= 0 && limit < ENOUGH_FOR_CLASSES;
  }

  /** Returns the remedy, with the limit if it can be found out. */
  public static String remedy() {
    long limit = limit();
    return "this process may have too few files open%s; raise that limit, for example by 'ulimit -n 1024' or by LimitNOFILE=1024 in a unit of systemd"
        .formatted(limit > 0 ? ", " + limit : "");
  }

  /** Returns the limit: 0 if it cannot be read since it is reached, -1 if it is not known. */
  private static long limit() {
    try {
      String table = new String(Files.readAllBytes(LIMITS), StandardCharsets.ISO_8859_1);
      for (String line : table.split("\n")) {
        if (line.startsWith(ROW)) {
          return Long.parseLong(line.substring(ROW.length()).strip().split(" +")[0]);
        }
      }
      return -1;
    } catch (IOException | NumberFormatException e) {
      boolean reached = e instanceof FileSystemException failure && failure.getReason() != null;
      return reached ? 0 : -1;
    }
  }
}
