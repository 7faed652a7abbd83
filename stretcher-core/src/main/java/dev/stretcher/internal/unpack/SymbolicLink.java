package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.EntryName;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Creates symbolic links whose targets are what the archive says, byte for byte. */
final class SymbolicLink {
  /** PATH_MAX of Linux, without the NUL at the end. */
  private static final int LONGEST = 4095;

  private SymbolicLink() {}

  static void create(TarEntry entry, Path link) throws IOException, InterruptedException {
    byte[] target = EntryName.bytes(entry.linkTarget().orElseThrow());
    requireLength(entry, target.length);
    Path normalized = NativeText.path(target);
    if (Arrays.equals(NativeText.bytes(normalized), target)) {
      Files.createSymbolicLink(link, normalized);
    } else {
      createUnnormalized(target, link);
    }
  }

  private static void requireLength(TarEntry entry, int length) throws ArchiveException {
    if (length == 0 || length > LONGEST) {
      throw ArchiveException.in(
          entry,
          "it is a symbolic link to a name of %s bytes, expected 1 to %s; build the archive again"
              .formatted(length, LONGEST));
    }
  }

  /** The JDK would write {@code a//b/} as {@code a/b}. */
  private static void createUnnormalized(byte[] target, Path link)
      throws IOException, InterruptedException {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(link.toString());
    }
    Program.run(link, List.of("ln", "-s", "-T", "--"), target, NativeText.bytes(link));
  }
}
