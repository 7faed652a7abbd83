package dev.stretcher.sources.internal.file;

import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads {@code file} URLs as in <a href="https://www.rfc-editor.org/rfc/rfc8089">RFC 8089</a>.
 *
 * <p>Unlike {@link Path#of(URI)} it takes percent-encoded bytes for the bytes of the name.
 */
public final class FileUri {
  private FileUri() {}

  public static Path path(URI uri) throws NoSuchFileException {
    String authority = uri.getRawAuthority();
    if (authority != null && !authority.equalsIgnoreCase("localhost")) {
      throw unusable(
          uri, "names another host, and a file URL is read on this one; write file:///path");
    }
    String path = uri.getRawPath();
    if (path == null || !path.startsWith("/")) {
      throw unusable(uri, "has no absolute path; write file:///path");
    }
    try {
      return NativeText.path(decoded(path));
    } catch (InvalidPathException e) {
      throw unusable(uri, "is not a name of a file here: " + e.getReason());
    }
  }

  // URI has checked that two hexadecimal digits follow each percent sign.
  private static byte[] decoded(String path) {
    byte[] encoded = path.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        bytes.write(hex(encoded[i + 1]) << 4 | hex(encoded[i + 2]));
        i += 2;
      } else {
        bytes.write(encoded[i]);
      }
    }
    return bytes.toByteArray();
  }

  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }

  private static NoSuchFileException unusable(URI uri, String reason) {
    return new NoSuchFileException(RedactedUri.of(uri), null, reason);
  }
}
