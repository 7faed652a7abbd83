package dev.stretcher.internal.decompress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses zstd: several frames in a row are one stream, and zeros after the last one are
 * ignored. bsdtar pads with them what it writes to a pipe, although zstd(1) refuses them.
 */
final class ZstdInput extends BulkInput {
  private final TrailingZeros in;
  private final ZstdInputStreamNoFinalizer frames;
  private boolean finished;

  /**
   * Opens data.
   *
   * @param windowLog the logarithm of the largest window that is accepted
   */
  ZstdInput(InputStream in, int windowLog) throws IOException {
    this.in = new TrailingZeros(in);
    this.frames = new ZstdInputStreamNoFinalizer(this.in).setLongMax(windowLog);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (finished) {
      return -1;
    }
    try {
      return frames.read(target, offset, length);
    } catch (ZstdIOException e) {
      // Where a frame should begin, one of the zeros came that the input ends with.
      finished = in.isReached() && e.getErrorCode() == Zstd.errPrefixUnknown();
      if (finished) {
        return -1;
      }
      throw e;
    }
  }

  /** Tells whether a failure says that the window is larger than what is accepted. */
  static boolean isMemory(IOException e) {
    return e instanceof ZstdIOException failure
        && failure.getErrorCode() == Zstd.errFrameParameterWindowTooLarge();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
