package dev.stretcher.sources.internal.s3;

import dev.stretcher.publish.ObjectContent;
import dev.stretcher.sources.internal.file.LimitedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A part of a content.
 *
 * @param number from 1
 * @param first its first byte
 * @param length how many bytes it has
 */
record S3Part(ObjectContent content, int number, long first, long length) {
  /** Opens some bytes of a content. */
  static InputStream open(ObjectContent content, long first, long length) {
    try {
      return new LimitedStream(content.open(first), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InputStream open() {
    return open(content, first, length);
  }

  /** Reads it for its checksum, which the server compares. */
  String sha256() throws IOException {
    MessageDigest digest = digest();
    byte[] piece = new byte[1 << 16];
    try (InputStream in = open(content.unheard(), first, length)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
    }
    return S3Upload.base64(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }
}
