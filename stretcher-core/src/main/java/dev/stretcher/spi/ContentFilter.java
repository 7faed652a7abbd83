package dev.stretcher.spi;

/** Says which contents of an archive a sync is going to read. Thread-safe. */
@FunctionalInterface
public interface ContentFilter {
  /** Needs all contents and all directories: what a syncer says that needs the whole tree. */
  ContentFilter ALL = entry -> true;

  /**
   * Tells whether the content of {@code entry}, a regular file, has to be staged. The engine stages
   * it if this method throws.
   */
  boolean needs(Entry entry);

  /**
   * Tells whether a directory has to be staged even if nothing in it is. The default is true. A
   * syncer that says false finds the directories that were left out in {@link
   * OmittedFiles#directories}.
   *
   * @param directory an entry of the archive, or what is known of a directory that has none
   */
  default boolean needsDirectory(Entry directory) {
    return true;
  }
}
