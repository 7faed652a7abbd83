package dev.stretcher.internal.tar;

import dev.stretcher.spi.EntryType;

/**
 * What the type in a header says: what the entry is, and whether its content follows.
 *
 * <p>Only what follows is passed over. A header of something without content may have a size all
 * the same: npm's registry has archives with the size of a directory as {@code stat} tells it,
 * others have that of the file in the header of a link to it. A reader that skips so many bytes
 * loses the entries in them. What the tars do with such a size, in the header or in a PAX record,
 * tried with GNU tar 1.34, bsdtar 3.6.2 and Python 3.11:
 *
 * <ul>
 *   <li>{@code 2} to {@code 6} (symbolic link, devices, directory, FIFO): no content follows, for
 *       all of them; but bsdtar believes a PAX size. POSIX says the same of links and directories.
 *   <li>{@code 1} (hard link): no content follows, for all of them; but bsdtar believes a PAX size,
 *       since POSIX lets {@code pax -o linkdata} store it. We are with the others: what was stored
 *       is refused, see {@link AnnouncedContent}.
 *   <li>{@code 0}, NUL and {@code 7} with a slash at the end of the name: a directory of a tar that
 *       had no type for it, without content; but Python takes {@code 0} and {@code 7} for files.
 *   <li>{@code D}: GNU's directory with a list of what was in it, which follows. Python takes it
 *       for a file.
 *   <li>All others: files, with content; with a slash at the end too, but for bsdtar.
 * </ul>
 */
final class TypeFlag {
  private TypeFlag() {}

  /** Returns what an entry is. */
  static EntryType type(byte[] name, char flag) throws ArchiveException {
    return switch (flag) {
      case '1' -> EntryType.HARD_LINK;
      case '2' -> EntryType.SYMLINK;
      case '3' -> EntryType.CHARACTER_DEVICE;
      case '4' -> EntryType.BLOCK_DEVICE;
      case '5', 'D' -> EntryType.DIRECTORY;
      case '6' -> EntryType.FIFO;
      case '\0', '0', '7' ->
          name.length > 0 && name[name.length - 1] == '/' ? EntryType.DIRECTORY : EntryType.FILE;
      case 'M', 'N' ->
          throw ArchiveException.in(
              name,
              "it is of type '"
                  + flag
                  + "', a part of a multi-volume or very old GNU archive; build the archive again");
      // Unknown types are files, says POSIX.
      default -> EntryType.FILE;
    };
  }

  /** Tells whether the content of an entry follows its header, if it has any. */
  static boolean hasContent(EntryType type, char flag) {
    return type == EntryType.FILE || flag == 'D';
  }
}
