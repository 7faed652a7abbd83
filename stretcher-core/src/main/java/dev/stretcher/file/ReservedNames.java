package dev.stretcher.file;

/**
 * The names of the files that a deploy puts beside its dest: {@code .stretcher-KEY.lock}, {@code
 * .stretcher-KEY.wait-…} for places in the queue and {@code .stretcher-KEY-…} for temporary files
 * and directories, where KEY is 16 hexadecimal digits.
 *
 * <p>They look like litter, but a running deploy depends on them: an archive must not bring such
 * names, and a syncer leaves them where they are: a dest may lie in another one, and a tree may be
 * staged in a dest that is a mount point.
 */
public final class ReservedNames {
  /** The beginning of the names of all files that this program puts into directories of others. */
  public static final String PREFIX = ".stretcher-";

  /** How many digits a key has. */
  public static final int KEY = 16;

  private static final String DIGITS = "0123456789abcdef";

  private ReservedNames() {}

  /**
   * Tells whether a name is reserved. Anything may follow the key, for the files of later versions.
   *
   * @param name a name alone, whose bytes may be read in any encoding that extends ASCII
   */
  public static boolean isReserved(String name) {
    int end = PREFIX.length() + KEY;
    if (name.length() <= end || !name.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < end; i++) {
      if (DIGITS.indexOf(name.charAt(i)) < 0) {
        return false;
      }
    }
    return name.charAt(end) == '.' || name.charAt(end) == '-';
  }
}
