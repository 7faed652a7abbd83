package dev.stretcher.option;

/** When an archive is unpacked. */
public enum Unpack {
  /**
   * While it arrives, into a private directory that is removed if the archive turns out to be
   * another one than the manifest says: a deploy takes as long as its slowest step.
   */
  EARLY,
  /**
   * Once it has arrived and its checksum is right: no byte that nobody has vouched for is
   * decompressed or unpacked. A local archive, which others might change meanwhile, is copied
   * first.
   */
  VERIFIED
}
