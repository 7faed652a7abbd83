package dev.stretcher.internal.reserved;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mounts of this process, see proc_pid_mountinfo(5). */
final class Mounts {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final int DEVICE = 2;

  private Mounts() {}

  /**
   * Tells whether a directory can have another name without any link: its file system is mounted
   * more than once, as by a bind mount, or how it is mounted cannot be told.
   */
  static boolean mayBeElsewhere(Path directory) {
    try {
      String device = device((Long) Files.getAttribute(directory, "unix:dev"));
      int mounts = 0;
      for (String line : Files.readString(MOUNTS, StandardCharsets.ISO_8859_1).split("\n")) {
        String[] fields = line.split(" ", DEVICE + 2);
        if (fields.length > DEVICE && fields[DEVICE].equals(device)) {
          mounts++;
        }
      }
      return mounts != 1;
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return true;
    }
  }

  /** Takes a number apart as makedev(3) of the GNU C library puts it together. */
  private static String device(long number) {
    long major = number >>> 8 & 0xfff | number >>> 32 & ~0xfffL;
    long minor = number & 0xff | number >>> 12 & ~0xffL;
    // Not by plus signs, for which the JVM makes classes when it is to start fast.
    return Long.toString(major).concat(":").concat(Long.toString(minor));
  }
}
