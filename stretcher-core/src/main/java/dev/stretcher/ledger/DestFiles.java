package dev.stretcher.ledger;

import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The dests that deploys have made, each in a file of its own, named by a digest of its path and
 * with the path in it. Needs no lock: a file is there as a whole or not at all.
 *
 * @param directory where they are; it need not exist
 */
record DestFiles(Path directory, Clock clock) {
  /** With one dest for each version, as for {@code mv}, the files would grow in number for ever. */
  private static final int MANY = 1000;

  /** A dest that another deploy is about to make does not exist yet. */
  private static final Duration SETTLED = Duration.ofDays(1);

  boolean has(Path dest) throws IOException {
    try {
      Path file = file(dest);
      PrivateFile.require(file);
      return Arrays.equals(Files.readAllBytes(file), content(dest));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Adds a dest, so that its file outlasts a power failure. */
  void add(Path dest) throws IOException {
    PrivateFile.replace(file(dest), ByteBuffer.wrap(content(dest)));
    forgetWhatIsGone();
  }

  /**
   * Removes the files of dests that no longer exist: a deploy to a new directory deletes nothing.
   */
  private void forgetWhatIsGone() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      names.forEach(files::add);
    }
    if (files.size() > MANY) {
      for (Path file : files) {
        if (isOld(file) && isGone(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private boolean isOld(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
        .toInstant()
        .isBefore(clock.instant().minus(SETTLED));
  }

  private static boolean isGone(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (content.length < 2) {
      return true;
    }
    try {
      Path dest = NativeText.path(Arrays.copyOf(content, content.length - 1));
      // Whether a dest is there whose name has a secret, which is masked, is not known.
      return !dest.toString().contains("***") && Files.notExists(dest, LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      // It is not what was written.
      return true;
    }
  }

  private Path file(Path dest) {
    return directory.resolve(DigestUtils.sha256Hex(NativeText.bytes(dest)));
  }

  /** A line end after the path is for people who look. */
  private static byte[] content(Path dest) {
    byte[] path = NativeText.bytes(dest);
    byte[] line = Arrays.copyOf(path, path.length + 1);
    line[path.length] = '\n';
    return line;
  }
}
