package dev.stretcher.internal.load;

import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Text that a server or a bucket has compressed ({@code Content-Encoding: gzip}), though nobody
 * asked for that.
 */
final class GzipText {
  private static final int MAGIC_1 = 0x1f;
  private static final byte MAGIC_2 = (byte) 0x8b;

  private GzipText() {}

  /** Tells whether bytes are compressed; no text begins in that way. */
  static boolean is(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == MAGIC_1 && bytes[1] == MAGIC_2;
  }

  /**
   * Returns the text; the bytes as they are if it is no text, such as a compressed archive.
   *
   * @throws IOException if it is damaged or too long
   */
  static byte[] text(byte[] bytes, Options limits) throws IOException {
    long most = limits.get(Settings.MAX_MANIFEST);
    byte[] text = unpacked(bytes, (int) Math.min(Integer.MAX_VALUE - 8, most + 1));
    if (hasZero(text)) {
      return bytes;
    }
    if (text.length > most) {
      throw new IOException(ManifestReader.tooLong(limits));
    }
    return text;
  }

  private static byte[] unpacked(byte[] bytes, int most) throws IOException {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readNBytes(most);
    } catch (IOException e) {
      throw new IOException("it is compressed by gzip, and damaged: " + e.getMessage(), e);
    }
  }

  private static boolean hasZero(byte[] text) {
    for (byte each : text) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }
}
