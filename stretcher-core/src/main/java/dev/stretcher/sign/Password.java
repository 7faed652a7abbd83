package dev.stretcher.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Where the password of a secret key comes from. Only asked if the key has one. */
@FunctionalInterface
public interface Password {
  /** As many bytes as minisign takes. */
  int MAX_BYTES = 1023;

  /**
   * Returns the password as the bytes that minisign was given. The caller overwrites them.
   *
   * @throws IOException if there is none; the message names the remedy
   */
  byte[] bytes() throws IOException;

  /** Returns the first line of a file. */
  static Password ofFile(Path file) {
    return () -> {
      byte[] content;
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(MAX_BYTES + 2);
      } catch (NoSuchFileException e) {
        throw new IOException("there is no file %s with the password".formatted(file), e);
      } catch (IOException e) {
        throw new IOException("the file %s with the password cannot be read".formatted(file), e);
      }
      try {
        return firstLine(content, file);
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    };
  }

  private static byte[] firstLine(byte[] content, Path file) throws IOException {
    int end = 0;
    while (end < content.length && content[end] != '\n' && content[end] != '\r') {
      end++;
    }
    if (end == 0 || end > MAX_BYTES) {
      throw new IOException(
          "the file %s with the password has a first line of %s bytes; expected 1 to %s"
              .formatted(file, end > MAX_BYTES ? "too many" : "0", MAX_BYTES));
    }
    return Arrays.copyOf(content, end);
  }

  /** Returns the bytes of a text in UTF-8. */
  static byte[] bytes(char[] text) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes).clear();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    return bytes;
  }
}
