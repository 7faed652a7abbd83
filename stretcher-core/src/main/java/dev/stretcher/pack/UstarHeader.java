package dev.stretcher.pack;

import java.nio.charset.StandardCharsets;

/**
 * Writes a header block in the form <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06">ustar</a>.
 * A number that a field has no room for is left out, since a PAX record then has it.
 */
final class UstarHeader {
  static final int BLOCK = 512;
  static final int NAME = 100;
  static final int PREFIX = 155;
  static final int OWNER_NAME = 31;
  static final long LARGEST_OWNER = 07777777;
  static final long LARGEST_SIZE = 077777777777L;

  private final byte[] block = new byte[BLOCK];

  UstarHeader(char type) {
    block[156] = (byte) type;
    text(257, 8, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
  }

  /** Sets the name; tells whether there was room for all of it. */
  boolean name(byte[] name) {
    int slash = name.length <= NAME ? 0 : slash(name);
    if (slash > 0) {
      System.arraycopy(name, 0, block, 345, slash);
      System.arraycopy(name, slash + 1, block, 0, name.length - slash - 1);
      return true;
    }
    return text(0, NAME, name);
  }

  /** Returns the slash that parts a long name into two that fit; 0 if there is none. */
  private static int slash(byte[] name) {
    for (int i = Math.max(1, name.length - 1 - NAME); i <= PREFIX && i < name.length - 1; i++) {
      if (name[i] == '/') {
        return i;
      }
    }
    return 0;
  }

  /** Sets what a link leads to; tells whether there was room for all of it. */
  boolean linkName(byte[] target) {
    return text(157, NAME, target);
  }

  void mode(int permissions) {
    number(100, 8, permissions);
  }

  void owner(long uid, long gid) {
    number(108, 8, Math.min(uid, LARGEST_OWNER));
    number(116, 8, Math.min(gid, LARGEST_OWNER));
  }

  boolean userName(byte[] name) {
    return text(265, OWNER_NAME, name);
  }

  boolean groupName(byte[] name) {
    return text(297, OWNER_NAME, name);
  }

  void size(long size) {
    number(124, 12, size <= LARGEST_SIZE ? size : 0);
  }

  void modified(long second) {
    number(136, 12, second >= 0 && second <= LARGEST_SIZE ? second : 0);
  }

  void device(long major, long minor) {
    number(329, 8, major);
    number(337, 8, minor);
  }

  /** Returns the block with its checksum. */
  byte[] block() {
    java.util.Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    number(148, 7, sum);
    return block;
  }

  /** Octal digits and a NUL. */
  private void number(int offset, int length, long value) {
    long rest = value;
    for (int i = offset + length - 2; i >= offset; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
    block[offset + length - 1] = 0;
  }

  private boolean text(int offset, int room, byte[] text) {
    System.arraycopy(text, 0, block, offset, Math.min(room, text.length));
    return text.length <= room;
  }
}
