package dev.stretcher.publication;

import dev.stretcher.internal.decompress.CompressedTar;
import dev.stretcher.internal.decompress.DecompressorException;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.option.Options;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An archive that another program has made: it is read once here before all hosts do. */
final class ReadyArchive {
  private ReadyArchive() {}

  /**
   * Refuses what no host could unpack, and what would empty each.
   *
   * @throws UnpublishableException if it is damaged, has a name that leads outside, or is empty
   * @throws IOException if it cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  static void requireUsable(Path file, Decompressors decompressors, Options limits)
      throws IOException, InterruptedException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!CompressedTar.read(in, decompressors, limits, ReadyArchive::hasEntries)) {
        throw new UnpublishableException(
            "the archive %s is empty, and would empty each host; see what should have been built"
                .formatted(NativeText.text(file)));
      }
    } catch (ArchiveException e) {
      throw new UnpublishableException(
          "no host could unpack %s: %s".formatted(NativeText.text(file), e.getMessage()), e);
    } catch (DecompressorException e) {
      // Who publishes need not be able to unpack.
    }
  }

  private static boolean hasEntries(Entries entries) throws IOException, InterruptedException {
    boolean found = false;
    for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
      found |= !entry.isRoot();
    }
    entries.finish();
    return found;
  }
}
