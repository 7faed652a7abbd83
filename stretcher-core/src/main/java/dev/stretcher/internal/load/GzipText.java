package dev.stretcher.internal.load;

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
   * Returns the text; the bytes as they are if it is longer than {@code most}, damaged, or no text,
   * such as a compressed archive.
   */
  static byte[] text(byte[] bytes, long most) {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] text = gzip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
      return text.length > most || hasZero(text) ? bytes : text;
    } catch (IOException e) {
      return bytes;
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
