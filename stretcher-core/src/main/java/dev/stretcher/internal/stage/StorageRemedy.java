package dev.stretcher.internal.stage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.jspecify.annotations.Nullable;

/** What can be done about a file that cannot be made, by the kind of its error. */
final class StorageRemedy {
  private static final String SPACE = "check the free space and the permissions there";
  private static final String NOT_PERMITTED =
      "root may lack a capability here, CAP_FOWNER for modes, times and links of files of others,"
          + " or CAP_MKNOD for devices (docker: --cap-add=FOWNER, --cap-add=MKNOD); or the file"
          + " system does not allow it; give it, or build the archive without other owners and"
          + " devices";
  private static final String DENIED =
      "check the permissions there; root may lack the capability CAP_DAC_OVERRIDE here (docker:"
          + " --cap-add=DAC_OVERRIDE), without which it may not write where others own the"
          + " directory: give it, or build the archive without other owners";
  private static final String TOO_LARGE =
      "this process may write no larger files, or the file system has none; raise the limit"
          + " (ulimit -f, LimitFSIZE in a unit of systemd)";

  private StorageRemedy() {}

  /** Java has no error numbers, only the words of the C library; those of others get the usual. */
  static String of(IOException failure) {
    @Nullable String message = failure.getMessage();
    if (failure instanceof AccessDeniedException || has(message, "Permission denied")) {
      return DENIED;
    }
    if (has(message, "Operation not permitted")) {
      return NOT_PERMITTED;
    }
    return has(message, "File too large") ? TOO_LARGE : SPACE;
  }

  private static boolean has(@Nullable String message, String words) {
    return message != null && message.contains(words);
  }
}
