package dev.stretcher.pack;

/** Hears how far packing is. Called by the thread that packs; what it throws ends the packing. */
@FunctionalInterface
public interface PackListener {
  /** Hears nothing. */
  PackListener NONE = (entries, bytes) -> {};

  /**
   * Called after each megabyte or so.
   *
   * @param entries how many entries are packed
   * @param bytes how many bytes of contents are packed
   */
  void onProgress(long entries, long bytes);
}
