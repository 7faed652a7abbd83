package dev.stretcher.internal.deployed;

import dev.stretcher.internal.tar.EntryName;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;

/** Says how a name in dest differs from its entry in the archive. */
final class EntryCheck {
  private final DeployedToc.Attributes host;
  private final boolean full;
  private final Owners owners = new Owners();

  EntryCheck(DeployedToc.Attributes host, boolean full) {
    this.host = host;
    this.full = full;
  }

  /**
   * Returns what differs, as text for people.
   *
   * @param entry what the name should be, that of the file itself for a hard link
   * @param digest the SHA-256 of its content, if it is a file that is not empty
   */
  List<String> differences(TarEntry entry, byte[] digest, Path path, FileLook there)
      throws IOException, InterruptedException {
    String expected = kind(entry.type());
    if (!there.kind().equals(expected)) {
      return List.of("it is %s, expected %s".formatted(there.kind(), expected));
    }
    List<String> all = new ArrayList<>();
    if (there.isFile()) {
      file(entry, digest, path, there, all);
    } else if (there.isLink()) {
      link(entry, path, all);
    }
    if (!there.isLink()) {
      mode(entry, there, all);
    }
    if (host.owners()) {
      owner(entry, there, all);
    }
    return all;
  }

  private static String kind(EntryType type) {
    return switch (type) {
      case FILE, HARD_LINK -> "a file";
      case DIRECTORY -> "a directory";
      case SYMLINK -> "a symbolic link";
      case CHARACTER_DEVICE -> "a character device";
      case BLOCK_DEVICE -> "a block device";
      case FIFO -> "a named pipe";
    };
  }

  private void file(TarEntry entry, byte[] digest, Path path, FileLook there, List<String> all)
      throws IOException {
    if (there.size() != entry.size()) {
      all.add("%s bytes, expected %s".formatted(there.size(), entry.size()));
    } else if (full && entry.size() > 0 && !Arrays.equals(sha256(path), digest)) {
      all.add("another content");
    }
    // By the second, as a sync decides it.
    var modified = there.attributes().lastModifiedTime().toInstant();
    if (modified.getEpochSecond() != entry.modified().getEpochSecond()) {
      all.add("modified %s, expected %s".formatted(modified, entry.modified()));
    }
  }

  private static byte[] sha256(Path file) throws IOException {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      var sha256 = DigestUtils.getSha256Digest();
      ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
      while (in.read(chunk) >= 0) {
        sha256.update(chunk.flip());
        chunk.clear();
      }
      return sha256.digest();
    }
  }

  private static void link(TarEntry entry, Path path, List<String> all) throws IOException {
    byte[] target = NativeText.bytes(Files.readSymbolicLink(path));
    byte[] expected =
        NativeText.bytes(NativeText.path(EntryName.bytes(entry.linkTarget().orElseThrow())));
    if (!Arrays.equals(target, expected)) {
      all.add(
          "leads to '%s', expected '%s'"
              .formatted(EntryName.text(target), EntryName.text(expected)));
    }
  }

  private void mode(TarEntry entry, FileLook there, List<String> all) {
    OptionalInt expected = host.mode(entry.mode().bits());
    // What a directory passes on to those in it, another user's deploy does not set.
    int mask = host.owners() ? 07777 : 0777;
    if (expected.isPresent() && (there.permissions() & mask) != expected.getAsInt()) {
      all.add(
          "mode %s, expected %s".formatted(octal(there.permissions()), octal(expected.getAsInt())));
    }
  }

  private static String octal(int mode) {
    return String.format(Locale.ROOT, "%04o", mode);
  }

  private void owner(TarEntry entry, FileLook there, List<String> all) throws IOException {
    UserPrincipal user = owners.user(entry.userName(), entry.uid());
    GroupPrincipal group = owners.group(entry.groupName(), entry.gid());
    if (!there.owner().equals(user) || !there.group().equals(group)) {
      all.add("owner %s:%s, expected %s:%s".formatted(there.owner(), there.group(), user, group));
    }
  }
}
