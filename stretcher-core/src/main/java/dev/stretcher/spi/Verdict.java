package dev.stretcher.spi;

/** What a {@link Verifier} says of an archive once it has seen all of it. */
public sealed interface Verdict {
  /** Returns what was found, such as {@code sha256:…}. */
  String found();

  /**
   * The archive is the one that was described.
   *
   * @param found what identifies it, such as its digest
   */
  record Accepted(String found) implements Verdict {}

  /**
   * The archive is another one, or damaged.
   *
   * @param expected what the manifest said
   * @param found what the archive has
   */
  record Rejected(String expected, String found) implements Verdict {}
}
