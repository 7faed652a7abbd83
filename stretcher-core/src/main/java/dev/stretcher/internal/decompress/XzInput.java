package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.ArchiveException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Decompresses <a href="https://tukaani.org/xz/xz-file-format.txt">xz</a>: several streams in a row
 * are one, zeros between and after them come in fours, and anything else is refused, as xz(1) does.
 *
 * <p>commons-compress takes a few bytes that follow for a stream that was cut.
 */
final class XzInput extends BulkInput {
  private static final int BUFFER = 64 * 1024;
  private static final byte[] MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] PADDING = new byte[4];

  private final InputStream in;
  private final int kibibytes;
  private XZCompressorInputStream stream;
  private boolean finished;

  /**
   * Opens xz data.
   *
   * @param kibibytes how much memory may be used
   */
  XzInput(InputStream in, int kibibytes) throws IOException {
    this.in = new BufferedInputStream(in, BUFFER);
    this.kibibytes = kibibytes;
    this.stream = open(this.in, kibibytes);
  }

  private static XZCompressorInputStream open(InputStream in, int kibibytes) throws IOException {
    return XZCompressorInputStream.builder().setInputStream(in).setMemoryLimitKiB(kibibytes).get();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!finished) {
      int count = stream.read(target, offset, length);
      if (count >= 0) {
        return count;
      }
      next();
    }
    return -1;
  }

  private void next() throws IOException {
    byte[] head = head();
    while (begins(head, PADDING)) {
      in.skipNBytes(PADDING.length);
      head = head();
    }
    if (head.length == 0) {
      finished = true;
    } else if (Arrays.equals(head, Arrays.copyOf(MAGIC, head.length))) {
      // With fewer bytes, it was cut.
      stream = open(in, kibibytes);
    } else {
      throw ArchiveException.damaged(
          Compression.XZ.toString(), new IOException("something else follows the end of them"));
    }
  }

  private byte[] head() throws IOException {
    in.mark(MAGIC.length);
    byte[] head = in.readNBytes(MAGIC.length);
    in.reset();
    return head;
  }

  private static boolean begins(byte[] head, byte[] with) {
    return head.length >= with.length && Arrays.equals(Arrays.copyOf(head, with.length), with);
  }
}
