package dev.stretcher.cli.rollout;

import java.net.URI;

/** Looks at a manifest before hosts are told of it. */
@FunctionalInterface
public interface ManifestCheck {
  /**
   * Refuses what no host could deploy.
   *
   * @param manifest with {@code #sha256=} and its digest
   * @throws java.util.NoSuchElementException if it, or what it names, is not there; the message
   *     says what
   * @throws InterruptedException if the thread was interrupted
   */
  void require(URI manifest) throws InterruptedException;
}
