package dev.stretcher.spi;

import dev.stretcher.manifest.Manifest;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decides whether an archive is the one that its manifest describes, while it is being fetched.
 *
 * <p>An archive is deployed only if at least one verifier that stands {@link
 * Role#INSTEAD_OF_CHECKSUM} feels responsible for it, as the one of the manifest's {@code checksum}
 * does, and all that feel responsible accept it. A verifier is thread-safe; a {@link Verification}
 * is used by one thread at a time.
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

  /**
   * Says what it is worth that this verifier accepts an archive; always the same. The default is
   * {@link Role#IN_ADDITION}.
   */
  default Role role() {
    return Role.IN_ADDITION;
  }

  /** What the acceptance of an archive is worth. */
  enum Role {
    /**
     * It stands for the whole content: no one can make another archive that is accepted as well.
     * That is so of a cryptographic digest or signature over all bytes, which was not fetched from
     * where the archive comes from without being authentic itself. A length, a CRC, the names of
     * the entries or the digest of a part are not enough.
     */
    INSTEAD_OF_CHECKSUM,
    /**
     * It is one more condition: without a checksum, the archive is refused before it is fetched.
     */
    IN_ADDITION
  }

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
