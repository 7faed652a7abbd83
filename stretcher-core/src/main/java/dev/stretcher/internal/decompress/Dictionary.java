package dev.stretcher.internal.decompress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.UnsupportedOptionsException;

/**
 * The dictionary of xz and lzma data. A class of its own, since the JVM loads the decoders with it.
 */
final class Dictionary {
  private Dictionary() {}

  /** Asks the decoder, by way of a limit that is too low for any archive. */
  static long memory(Compression compression, byte[] head) {
    InputStream in = new ByteArrayInputStream(head);
    try (InputStream decoder =
        compression == Compression.XZ
            ? new SingleXZInputStream(in, 1)
            : new LZMAInputStream(in, 1)) {
      decoder.read();
      return 0;
    } catch (MemoryLimitException e) {
      return e.getMemoryNeeded() * 1024L;
    } catch (UnsupportedOptionsException e) {
      return compression == Compression.LZMA ? LzmaHeader.dictionary(head) : 0;
    } catch (IOException e) {
      // What is wrong with the data, the decoder says when it reads them.
      return 0;
    }
  }
}
