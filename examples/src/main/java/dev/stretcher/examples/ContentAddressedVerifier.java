package dev.stretcher.examples;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Verdict;
import dev.stretcher.spi.Verifier;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies archives of a content-addressed store, whose names are their SHA-256: {@code
 * https://store/2c26b46b….tar.gz} needs no {@code checksum} in the manifest. Other archives are
 * left to other verifiers. Stateless and thread-safe.
 */
public final class ContentAddressedVerifier implements Verifier {
  private static final Pattern NAME = Pattern.compile(".*/([0-9a-f]{64})(?:[._-].*)?");

  /** Creates the verifier. */
  public ContentAddressedVerifier() {}

  @Override
  public Optional<Verification> begin(Manifest.Archive described) {
    return digestInName(described.src()).map(digest -> new Check(digest, sha256()));
  }

  @Override
  public Role role() {
    return Role.INSTEAD_OF_CHECKSUM;
  }

  private static Optional<Digest> digestInName(URI src) {
    Matcher name = NAME.matcher(Optional.ofNullable(src.getPath()).orElse(""));
    return name.matches()
        ? Optional.of(new Digest(Digest.Algorithm.SHA256, name.group(1)))
        : Optional.empty();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance(Digest.Algorithm.SHA256.standardName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** One archive being verified. */
  private record Check(Digest expected, MessageDigest digest) implements Verification {
    @Override
    public void update(ByteBuffer chunk) {
      digest.update(chunk);
    }

    @Override
    public Verdict finish() {
      String hex = HexFormat.of().formatHex(digest.digest());
      Digest found = new Digest(Digest.Algorithm.SHA256, hex);
      return found.equals(expected)
          ? new Verdict.Accepted(found.toString())
          : new Verdict.Rejected(expected.toString(), found.toString());
    }
  }
}
