package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Creates named pipes and devices, which takes programs: the JDK has no means for it. */
final class SpecialFile {
  private static final String MODE = "--mode=600";

  private SpecialFile() {}

  static void create(TarEntry entry, Path target) throws IOException, InterruptedException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    if (entry.type() == EntryType.FIFO) {
      Program.run(target, List.of("mkfifo", MODE, "--"), NativeText.bytes(target));
    } else {
      createDevice(entry, target);
    }
  }

  private static void createDevice(TarEntry entry, Path target)
      throws IOException, InterruptedException {
    if (!isRoot(target)) {
      throw ArchiveException.in(
          entry,
          "it is a device, which only root can create; unpack as root, or build the archive"
              + " without devices");
    }
    Program.run(
        target,
        List.of("mknod", MODE, "--"),
        NativeText.bytes(target),
        ascii(entry.type() == EntryType.CHARACTER_DEVICE ? "c" : "b"),
        ascii(Long.toString(entry.deviceMajor())),
        ascii(Long.toString(entry.deviceMinor())));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The owner of the directory that we have just created tells who we are. */
  private static boolean isRoot(Path target) throws IOException {
    return Files.getAttribute(target.getParent(), "unix:uid").equals(0);
  }
}
