package dev.stretcher.internal.tar;

import java.util.Locale;

/**
 * The numbers that a field of an entry may have. The field of a header holds larger and negative
 * ones too: cut to what a system call takes, they would give a file to somebody else, such as root.
 */
enum FieldRange {
  /** The largest one is no owner, but says that the owner stays as it is. */
  UID(0xfffffffeL),
  GID(0xfffffffeL),
  /** What a device number of Linux has room for. */
  DEVMAJOR(0xfff),
  DEVMINOR(0xfffff);

  private final long largest;

  FieldRange(long largest) {
    this.largest = largest;
  }

  /** Returns {@code value}, if it is one. */
  long require(byte[] name, long value) throws ArchiveException {
    if (value < 0 || value > largest) {
      throw ArchiveException.in(
          name,
          "its %s is %s, expected 0 to %s; build the archive again"
              .formatted(name().toLowerCase(Locale.ROOT), value, largest));
    }
    return value;
  }
}
