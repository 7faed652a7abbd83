package dev.stretcher.sources.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The body of an object, which another thread may close at any time. */
final class S3Body extends InputStream {
  private final S3Uri object;
  private final ResponseInputStream<?> body;

  S3Body(S3Uri object, ResponseInputStream<?> body) {
    this.object = object;
    this.body = body;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return body.read(target, offset, length);
    } catch (SdkException e) {
      throw new IOException(object + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    // Unlike close, this does not read the rest. Our connections know whether there is any.
    body.abort();
  }
}
