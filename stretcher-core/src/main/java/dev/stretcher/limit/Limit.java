package dev.stretcher.limit;

import dev.stretcher.text.ByteSize;

/**
 * Something that has an upper limit, so that a mistake or an attack does not take all of a host.
 * What exceeds one is refused with an error that names the limit's {@link #flag}.
 */
public enum Limit {
  /** The bytes of all files of an archive, holes included. */
  UNPACKED("max-unpacked", Unit.BYTES, 100L << 30, "The bytes that an archive may unpack to"),
  /** The entries of an archive, and the directories that it has no entries for. */
  ENTRIES(
      "max-entries",
      Unit.COUNT,
      5_000_000,
      "How many entries, and directories without one, an archive may have"),
  /** How many times as long as the compressed archive its tar stream is, beyond 100 MB of it. */
  RATIO(
      "max-ratio",
      Unit.COUNT,
      1000,
      "How many times as long as compressed an archive may be, beyond its first 100 MB"),
  /** The bytes of a name in an archive. */
  PATH("max-path", Unit.BYTES, 4096, "The bytes that a name in an archive may have"),
  /** The directories that a name in an archive may lie in. */
  DEPTH("max-depth", Unit.COUNT, 500, "How deep an archive's directories may be nested"),
  /** The bytes of a manifest. */
  MANIFEST("max-manifest", Unit.BYTES, 1 << 20, "The bytes that a manifest may have"),
  /** The aliases of a manifest. */
  ALIASES("max-aliases", Unit.COUNT, 10_000, "How many YAML aliases a manifest may have"),
  /** The levels of a manifest. */
  NESTING("max-nesting", Unit.COUNT, 100, "How many levels the YAML of a manifest may have"),
  /** The bytes of an event's URL; all that Consul writes may be 64 times as long. */
  EVENT("max-event", Unit.BYTES, 64 << 10, "The bytes that an event may have"),
  /** The characters that are kept of the log for {@code success} and {@code failure} commands. */
  LOG("max-log", Unit.BYTES, 8 << 20, "How much of the log success and failure commands get");

  private enum Unit {
    BYTES,
    COUNT
  }

  private final String flag;
  private final Unit unit;
  private final long standard;
  private final String description;

  Limit(String flag, Unit unit, long standard, String description) {
    this.flag = flag;
    this.unit = unit;
    this.standard = standard;
    this.description = description;
  }

  /** Returns the name of the command line's flag for it, without dashes. */
  public String flag() {
    return flag;
  }

  /** Returns the default. */
  public long standard() {
    return standard;
  }

  /** Returns what is limited, in a few words. */
  public String description() {
    return description;
  }

  /** Tells whether it is a number of bytes. */
  public boolean isSize() {
    return unit == Unit.BYTES;
  }

  /** Returns {@code value} as people write it, such as {@code 100GiB}. */
  public String text(long value) {
    return isSize() ? ByteSize.exact(value) : Long.toString(value);
  }

  /**
   * Reads a value as people write it.
   *
   * @throws IllegalArgumentException if it is none, or out of range
   */
  public long parse(String text) {
    long value = isSize() ? ByteSize.parse(text) : count(text);
    requireInRange(value);
    return value;
  }

  private static long count(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number from 1");
    }
    return Long.parseLong(text);
  }

  /** All but the unpacked bytes, the entries and the ratio are held in memory. */
  void requireInRange(long value) {
    long most =
        switch (this) {
          case UNPACKED, ENTRIES, RATIO -> Long.MAX_VALUE;
          case NESTING, DEPTH -> 1000;
          default -> 1 << 30;
        };
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s is %s, expected 1 to %s".formatted(flag, text(value), text(most)));
    }
  }
}
