package dev.stretcher.spi;

import dev.stretcher.manifest.Manifest;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decides whether an archive is the one that its manifest describes, while it is being fetched.
 *
 * <p>An archive is deployed only if at least one verifier with the role {@link
 * Role#INSTEAD_OF_CHECKSUM} checks it, as the verifier of the manifest's {@code checksum} does, and
 * all verifiers that check it accept it. A verifier is thread-safe; a {@link Verification} is used
 * by one thread at a time.
 *
 * <p>Found with {@link java.util.ServiceLoader}, or given to the builder.
 */
public interface Verifier {
  /**
   * Begins to verify an archive.
   *
   * @param described what the manifest says of the archive
   * @return empty if there is nothing in the description that this verifier checks
   */
  Optional<Verification> begin(Manifest.Archive described);

  /**
   * Says what this verifier's acceptance of an archive is worth; the answer never changes. The
   * default is {@link Role#IN_ADDITION}.
   */
  default Role role() {
    return Role.IN_ADDITION;
  }

  /** What the acceptance of an archive is worth. */
  enum Role {
    /**
     * It stands for the whole content: no one can make another archive that is accepted as well. A
     * cryptographic digest or signature over all bytes does that, if it comes from another place
     * than the archive or is itself authenticated. A length, a CRC, the names of the entries or the
     * digest of a part are not enough.
     */
    INSTEAD_OF_CHECKSUM,
    /** It is a further condition: an archive without a checksum is refused before it is fetched. */
    IN_ADDITION
  }

  /** One archive being verified. */
  interface Verification {
    /**
     * Takes the next chunk: all bytes from its position to its limit, each byte exactly once. The
     * verification must not change them.
     */
    void update(ByteBuffer chunk);

    /** Returns the verdict. Called once, after the last chunk of the archive. */
    Verdict finish();
  }
}
