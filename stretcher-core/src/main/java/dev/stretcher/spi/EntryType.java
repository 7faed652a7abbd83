package dev.stretcher.spi;

/** What an {@link Entry} is. */
public enum EntryType {
  /** A regular file. */
  FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link. */
  SYMLINK,
  /** Another name of a file that came earlier. */
  HARD_LINK,
  /** A named pipe. */
  FIFO,
  /** A character device. */
  CHARACTER_DEVICE,
  /** A block device. */
  BLOCK_DEVICE
}
