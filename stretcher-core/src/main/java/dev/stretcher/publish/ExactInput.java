package dev.stretcher.publish;

import dev.stretcher.text.NativeText;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A file from a place on, which fails to be read if it does not end where it should. */
final class ExactInput extends FilterInputStream {
  private final Path file;
  private final long length;
  private long position;

  ExactInput(InputStream in, Path file, long position, long length) {
    super(in);
    this.file = file;
    this.position = position;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int read = in.read(target, offset, count);
    position += Math.max(read, 0);
    boolean early = read < 0 && position < length;
    if (early || position > length) {
      throw new ContentChangedException(
          NativeText.text(file),
          "has %s %s bytes, where %s were expected; see who changes it meanwhile, and try again"
              .formatted(early ? "only" : "at least", position, length));
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    position += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
