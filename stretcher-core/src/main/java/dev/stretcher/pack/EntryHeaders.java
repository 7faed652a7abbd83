package dev.stretcher.pack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Makes the header blocks of entries. Immutable. */
final class EntryHeaders {
  private static final int SYMLINK_MODE = 0777;
  private static final byte[] SPARSE_DIRECTORY =
      "./GNUSparseFile.0/".getBytes(StandardCharsets.US_ASCII);

  private final PackOwner owner;

  EntryHeaders(PackOwner owner) {
    this.owner = owner;
  }

  /** Returns the blocks of an entry without a content. */
  byte[] plain(FoundFile file) {
    return new Entry(file, file.look().type()).named().blocks(0);
  }

  /** Returns the blocks of a symbolic link, or of a further name of a file. */
  byte[] link(FoundFile file, char type, byte[] target) {
    return new Entry(file, type).named().leadingTo(target).blocks(0);
  }

  /** Returns the blocks of a file whose content follows. */
  byte[] file(FoundFile file) {
    return new Entry(file, '0').named().blocks(file.look().size());
  }

  /**
   * Returns the blocks of a file with holes, in the <a
   * href="https://www.gnu.org/software/tar/manual/html_node/PAX-1.html">form 1.0</a> of GNU.
   *
   * @param stored the bytes of the map and of what is between the holes
   */
  byte[] sparse(FoundFile file, long stored) {
    return new Entry(file, '0').sparse().blocks(stored);
  }

  private final class Entry {
    private final FoundFile file;
    private final char type;
    private final UstarHeader header;
    private final PaxHeader pax = new PaxHeader();

    Entry(FoundFile file, char type) {
      this.file = file;
      this.type = type;
      this.header = new UstarHeader(type);
    }

    Entry named() {
      byte[] name = file.entryName();
      if (!header.name(name)) {
        pax.name("path", name);
      }
      return this;
    }

    /** Tars that do not know this form make a file of another name. */
    Entry sparse() {
      pax.number("GNU.sparse.major", 1);
      pax.number("GNU.sparse.minor", 0);
      pax.name("GNU.sparse.name", file.entryName());
      pax.number("GNU.sparse.realsize", file.look().size());
      byte[] base = file.path().getFileName().toString().getBytes(StandardCharsets.US_ASCII);
      byte[] name =
          Arrays.copyOf(SPARSE_DIRECTORY, Math.min(80, SPARSE_DIRECTORY.length + base.length));
      System.arraycopy(
          base, 0, name, SPARSE_DIRECTORY.length, name.length - SPARSE_DIRECTORY.length);
      header.name(name);
      return this;
    }

    Entry leadingTo(byte[] target) {
      if (!header.linkName(target)) {
        pax.name("linkpath", target);
      }
      return this;
    }

    byte[] blocks(long stored) {
      header.mode(type == '2' ? SYMLINK_MODE : file.look().permissions());
      owner();
      header.size(stored);
      if (stored > UstarHeader.LARGEST_SIZE) {
        pax.number("size", stored);
      }
      modified();
      boolean device = type == '3' || type == '4';
      header.device(device ? file.look().major() : 0, device ? file.look().minor() : 0);
      ByteArrayOutputStream blocks = new ByteArrayOutputStream(UstarHeader.BLOCK);
      pax.writeTo(blocks);
      blocks.writeBytes(header.block());
      return blocks.toByteArray();
    }

    private void owner() {
      PackOwner.Id user = owner.user(file.look());
      PackOwner.Id group = owner.group(file.look());
      header.owner(user.number(), group.number());
      if (user.number() > UstarHeader.LARGEST_OWNER) {
        pax.number("uid", user.number());
      }
      if (group.number() > UstarHeader.LARGEST_OWNER) {
        pax.number("gid", group.number());
      }
      if (!header.userName(user.nameBytes())) {
        pax.name("uname", user.nameBytes());
      }
      if (!header.groupName(group.nameBytes())) {
        pax.name("gname", group.nameBytes());
      }
    }

    private void modified() {
      Instant modified = file.look().modified();
      long second = modified.getEpochSecond();
      int nano = modified.getNano();
      header.modified(second);
      if (nano > 0 || second < 0 || second > UstarHeader.LARGEST_SIZE) {
        pax.time("mtime", modified);
      }
    }
  }
}
