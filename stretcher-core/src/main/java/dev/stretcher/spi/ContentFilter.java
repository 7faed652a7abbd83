package dev.stretcher.spi;

/** Says which contents of an archive a sync is going to read. Thread-safe. */
@FunctionalInterface
public interface ContentFilter {
  /**
   * Tells whether the content of {@code entry}, a regular file, has to be staged. The engine stages
   * it if this method throws.
   */
  boolean needs(Entry entry);
}
