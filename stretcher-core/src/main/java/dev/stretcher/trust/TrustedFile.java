package dev.stretcher.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of a {@link TrustedPath}. The file that was checked is the file that is read. */
public final class TrustedFile {
  private static final int ATTEMPTS = 3;

  private final Opening opening;

  TrustedFile(Opening opening) {
    this.opening = opening;
  }

  /** Opens a file that was checked. */
  @FunctionalInterface
  interface Opening {
    InputStream of(Path file) throws IOException;
  }

  /**
   * Returns the content of a file.
   *
   * @param most how many bytes it may have
   * @throws NoSuchFileException if there is no such file
   * @throws UnreadableException if this user may not read it
   * @throws FileSystemException if it is something else than a file, if it is longer, if it changes
   *     while it is read, or if others could change it; its reason names the directory or link that
   *     is wrong, unless it is the file itself, and what to do about it
   * @throws IOException if it cannot be read
   */
  public static byte[] read(Path file, int most) throws IOException {
    return new TrustedFile(path -> Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS))
        .content(file, most);
  }

  byte[] content(Path file, int most) throws IOException {
    try {
      // Whoever saves it at this very moment is no reason to fail.
      for (int i = 0; i < ATTEMPTS; i++) {
        Optional<byte[]> content = unchanged(Walk.to(file), most);
        if (content.isPresent()) {
          return content.get();
        }
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      throw Refusal.about(file, e);
    }
    throw Refusal.of(
        file, "it changes while it is read; replace it as a whole, by mv, and try again");
  }

  private Optional<byte[]> unchanged(Inode file, int most) throws IOException {
    if (file.isDirectory()) {
      throw Refusal.of(file.path(), "it is a directory, expected a file");
    }
    if (file.size() > most) {
      throw tooLong(file, most);
    }
    try {
      byte[] content = bytes(file.path(), most);
      if (content.length > most) {
        throw tooLong(file, most);
      }
      boolean same = content.length == file.size() && file.isStill(Inode.of(file.path()));
      return same ? Optional.of(content) : Optional.empty();
    } catch (NoSuchFileException e) {
      // It may be another one in a moment.
      return Optional.empty();
    }
  }

  /** Returns at most one byte more than allowed. */
  private byte[] bytes(Path file, int most) throws IOException {
    try (InputStream in = opening.of(file)) {
      return in.readNBytes(most + 1);
    } catch (AccessDeniedException e) {
      throw Refusal.denied(file, "read it; let it, for example by chmod a+r");
    }
  }

  private static FileSystemException tooLong(Inode file, int most) {
    return Refusal.of(file.path(), "it is longer than %s bytes".formatted(most));
  }
}
