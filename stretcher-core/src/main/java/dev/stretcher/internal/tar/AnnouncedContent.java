package dev.stretcher.internal.tar;

import static dev.stretcher.internal.tar.BlockInput.BLOCK;

import java.io.IOException;

/**
 * The content that the header of a link, directory or the like announces, and that tars do not
 * store; see {@link TypeFlag}. If it was stored all the same, it stands where a header is expected.
 *
 * @param entry the name of the entry as printable text
 * @param size in bytes, 0 if the header announces none
 */
record AnnouncedContent(String entry, long size) {
  static final AnnouncedContent NONE = new AnnouncedContent("", 0);

  /**
   * Refuses an archive of which the end mark may be zeros of this content: the entries after it
   * would be lost without a word. Two blocks of zeros are an end mark, and one was read already.
   */
  void requireEnd(BlockInput input) throws IOException, InterruptedException {
    if (size > 0 && !input.skipZeros(padded())) {
      throw stored();
    }
  }

  /** Refuses an archive in which neither a header nor the end follows. */
  void requireNone() throws ArchiveException {
    if (size > 0) {
      throw stored();
    }
  }

  /** What is left of it in whole blocks, and the block after it. */
  private long padded() {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private ArchiveException stored() {
    return ArchiveException.in(
        entry,
        "its header announces a content of "
            + size
            + " bytes, which it cannot have since it is no regular file, and the next entry does"
            + " not follow the header; build the archive again, with GNU tar or without what makes"
            + " others store it (pax: -o linkdata)");
  }
}
