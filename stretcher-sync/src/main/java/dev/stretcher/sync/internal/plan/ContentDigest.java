package dev.stretcher.sync.internal.plan;

import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of what a file in dest has. */
final class ContentDigest {
  private static final int CHUNK = 1 << 16;

  private ContentDigest() {}

  /** Tells whether a regular file can be read and has a content with this digest. */
  static boolean isOf(Path file, Digest digest) {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      MessageDigest sum = MessageDigest.getInstance(digest.algorithm().standardName());
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (in.read(chunk) >= 0) {
        sum.update(chunk.flip());
        chunk.clear();
      }
      return HexFormat.of().formatHex(sum.digest()).equals(digest.hex());
    } catch (IOException e) {
      // What cannot be read is replaced.
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
