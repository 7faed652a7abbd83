package dev.stretcher.spi;

import dev.stretcher.manifest.Manifest;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decides whether an archive is the one that its manifest describes, while it is being fetched.
 *
 * <p>An archive is deployed only if at least one verifier feels responsible for it and all of those
 * accept it. A verifier is thread-safe; a {@link Verification} is used by one thread at a time.
 *
 * <p>Found with {@link java.util.ServiceLoader}, or given to the builder.
 */
public interface Verifier {
  /**
   * Begins to verify an archive.
   *
   * @param described what the manifest says of it
   * @return empty if there is nothing in the description that this verifier checks
   */
  Optional<Verification> begin(Manifest.Archive described);

  /** One archive being verified. */
  interface Verification {
    /**
     * Takes the next chunk: all bytes from its position to its limit, each byte exactly once; they
     * are not to be changed.
     */
    void update(ByteBuffer chunk);

    /** Says what the archive is. Called once, after its last chunk. */
    Verdict finish();
  }
}
