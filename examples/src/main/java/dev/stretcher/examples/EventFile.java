package dev.stretcher.examples;

import dev.stretcher.spi.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that carries an event. */
final class EventFile {
  /** More than any URL has. */
  private static final int LONGEST = 16 << 10;

  /** The name is in the ID for people who read the log. */
  private static final int LONGEST_NAME = 100;

  private final Path path;
  private final FileTime modified;
  private final byte[] content;

  private EventFile(Path path, FileTime modified, byte[] content) {
    this.path = path;
    this.modified = modified;
    this.content = content;
  }

  static EventFile read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(LONGEST + 1);
      if (content.length > LONGEST) {
        throw malformed(path);
      }
      return new EventFile(path, Files.getLastModifiedTime(path), content);
    } catch (AccessDeniedException e) {
      throw new MalformedEventException(path + " cannot be read; let its reader have it");
    }
  }

  URI manifest() throws MalformedEventException {
    try {
      URI manifest =
          new URI(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(content))
                  .toString()
                  .strip());
      if (manifest.isAbsolute()) {
        return manifest;
      }
    } catch (CharacterCodingException | URISyntaxException e) {
      // Told below, without the content, which may be secret.
    }
    throw malformed(path);
  }

  /** Returns an ID that is short, however long the name and the path are. */
  String id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((path + "\n" + modified + "\n").getBytes(StandardCharsets.UTF_8));
      String name = String.valueOf(path.getFileName());
      return "directory:"
          + name.substring(0, Math.min(LONGEST_NAME, name.length()))
          + ":"
          + HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }

  private static MalformedEventException malformed(Path file) {
    return new MalformedEventException(
        file + " does not carry a URL; write the manifest's URL into it and nothing else");
  }
}
