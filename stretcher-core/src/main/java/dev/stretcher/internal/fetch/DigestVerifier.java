package dev.stretcher.internal.fetch;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Verdict;
import dev.stretcher.spi.Verifier;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;

/** Compares an archive's digest with the manifest's {@code checksum}. Stateless, thread-safe. */
public final class DigestVerifier implements Verifier {
  @Override
  public Optional<Verification> begin(Manifest.Archive described) {
    return described.checksum().map(DigestVerification::new);
  }

  @Override
  public Role role() {
    return Role.INSTEAD_OF_CHECKSUM;
  }

  private static final class DigestVerification implements Verification {
    private final Digest expected;
    private final MessageDigest digest;

    DigestVerification(Digest expected) {
      this.expected = expected;
      try {
        this.digest = MessageDigest.getInstance(expected.algorithm().standardName());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this JVM has no " + expected.algorithm(), e);
      }
    }

    @Override
    public void update(ByteBuffer chunk) {
      digest.update(chunk);
    }

    @Override
    public Verdict finish() {
      String found = Hex.encodeHexString(digest.digest());
      return found.equals(expected.hex())
          ? new Verdict.Accepted(expected.toString())
          : new Verdict.Rejected(expected.hex(), found);
    }
  }
}
