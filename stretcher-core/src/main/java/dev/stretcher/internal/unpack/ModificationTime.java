package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** Sets modification times, to the nanosecond where the JDK can. */
final class ModificationTime {
  // FileTime's nanoseconds overflow in 2262.
  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000;

  // What tar uses as the time of the last access, too.
  private final FileTime start = FileTime.from(Instant.now());

  /** Sets the time of {@code target}, and not of what it may point to. */
  void set(TarEntry entry, Path target) throws IOException, InterruptedException {
    set(entry.modified(), entry.type(), target);
  }

  /** Sets the time of a file of some type. */
  void set(Instant modified, EntryType type, Path target) throws IOException, InterruptedException {
    if (isBeyondJdk(modified, type)) {
      touch(modified, target);
      return;
    }
    Files.getFileAttributeView(target, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(modified), start, null);
  }

  /**
   * The JDK opens what it sets a time of, which blocks for a pipe and acts on a device, and it
   * turns a time before 1970 that has a fraction into 1970.
   */
  private static boolean isBeyondJdk(Instant modified, EntryType type) {
    long second = modified.getEpochSecond();
    boolean opened = type == EntryType.FILE || type == EntryType.DIRECTORY;
    return second < 0 || second >= LAST_SECOND || !(opened || type == EntryType.SYMLINK);
  }

  private static void touch(Instant time, Path target) throws IOException, InterruptedException {
    BigDecimal seconds =
        BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9));
    Program.run(
        target,
        List.of("touch", "--no-dereference", "--date=@" + seconds.toPlainString(), "--"),
        NativeText.bytes(target));
  }
}
