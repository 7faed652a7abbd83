package dev.stretcher.internal.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A header block, in the forms v7, <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">ustar</a> and <a
 * href="https://www.gnu.org/software/tar/manual/html_node/Standard.html">GNU</a>.
 */
public final class TarHeader {
  private static final byte[] USTAR = "ustar\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GNU = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;

  private final byte[] block;

  public TarHeader(byte[] block) {
    this.block = block;
  }

  /** Tells whether the block marks the end of the archive. */
  public boolean isEnd() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether the checksum is right; old tars added up signed bytes, so either will do. */
  public boolean isIntact() {
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < block.length; i++) {
      byte b = i >= CHECKSUM && i < CHECKSUM_END ? (byte) ' ' : block[i];
      unsigned += b & 0xff;
      signed += b;
    }
    OptionalLong stored = TarNumber.parse(block, CHECKSUM, CHECKSUM_END - CHECKSUM);
    return stored.isPresent() && (stored.getAsLong() == unsigned || stored.getAsLong() == signed);
  }

  char type() {
    return (char) (block[156] & 0xff);
  }

  /** Returns the name, with ustar's prefix; a GNU header has other things in the prefix' place. */
  byte[] name() {
    byte[] name = text(0, 100);
    byte[] prefix = has(USTAR) ? text(345, 155) : new byte[0];
    if (prefix.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    joined[prefix.length] = '/';
    System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
    return joined;
  }

  byte[] linkName() {
    return text(157, 100);
  }

  long mode() throws ArchiveException {
    return number(100, 8, "mode");
  }

  long uid() throws ArchiveException {
    return number(108, 8, "uid");
  }

  long gid() throws ArchiveException {
    return number(116, 8, "gid");
  }

  long size() throws ArchiveException {
    return number(124, 12, "size");
  }

  long modified() throws ArchiveException {
    return number(136, 12, "mtime");
  }

  byte[] userName() {
    return hasOwnerNames() ? text(265, 32) : new byte[0];
  }

  byte[] groupName() {
    return hasOwnerNames() ? text(297, 32) : new byte[0];
  }

  long deviceMajor() throws ArchiveException {
    return hasOwnerNames() ? number(329, 8, "devmajor") : 0;
  }

  long deviceMinor() throws ArchiveException {
    return hasOwnerNames() ? number(337, 8, "devminor") : 0;
  }

  /** Returns the block itself, for the fields that only a sparse header has. */
  byte[] block() {
    return block;
  }

  long number(int offset, int length, String field) throws ArchiveException {
    return TarNumber.parse(block, offset, length)
        .orElseThrow(
            () ->
                ArchiveException.in(
                    name(), "its " + field + " is not a number; build the archive again"));
  }

  private boolean hasOwnerNames() {
    return has(USTAR) || has(GNU);
  }

  private boolean has(byte[] magic) {
    return Arrays.equals(block, 257, 257 + magic.length, magic, 0, magic.length);
  }

  private byte[] text(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, offset, end);
  }
}
