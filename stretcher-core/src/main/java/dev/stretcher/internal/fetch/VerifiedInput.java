package dev.stretcher.internal.fetch;

import dev.stretcher.internal.decompress.BulkInput;
import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads an archive that others may change, and verifies exactly the bytes that were read. The owner
 * of the input closes it. Used by one thread at a time.
 */
final class VerifiedInput extends BulkInput {
  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final Verifications verifications;

  VerifiedInput(InputStream in, Verifications verifications) {
    this.in = in;
    this.verifications = verifications;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    if (count > 0) {
      verifications.update(ByteBuffer.wrap(target, offset, count));
    }
    return count;
  }

  /** Reads the rest, and refuses the archive if it is not the one that the manifest describes. */
  void requireVerified() throws IOException {
    byte[] rest = new byte[BUFFER];
    while (read(rest, 0, rest.length) >= 0) {
      // Reading verifies.
    }
    try {
      verifications.finish();
    } catch (StretcherException.VerificationFailed e) {
      throw new ArchiveContents.ChangedException(e);
    }
  }
}
