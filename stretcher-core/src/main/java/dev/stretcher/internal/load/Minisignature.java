package dev.stretcher.internal.load;

import dev.stretcher.policy.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * A signature as minisign writes it, see "Signature format" in <a
 * href="https://jedisct1.github.io/minisign/">its manual</a>: of the content itself or, prehashed,
 * of its BLAKE2b-512; and a second one that also covers the trusted comment.
 */
public final class Minisignature {
  /** Anything longer is no signature: comments have at most 8 KiB. */
  public static final int MAX_BYTES = 16 << 10;

  /** How many bytes of BLAKE2b are signed instead of the content. */
  public static final int PREHASH = 64;

  private static final int HEAD = 2 + 8;
  private static final int SIGNATURE = 64;
  private static final String TRUSTED = "trusted comment: ";

  private final byte[] signature;
  private final String trustedComment;
  private final byte[] globalSignature;

  private Minisignature(byte[] signature, String trustedComment, byte[] globalSignature) {
    this.signature = signature;
    this.trustedComment = trustedComment;
    this.globalSignature = globalSignature;
  }

  /** Reads the content of a {@code .minisig} file; empty if it is not one. */
  public static Optional<Minisignature> parse(byte[] file) {
    List<String> lines = new String(file, StandardCharsets.ISO_8859_1).lines().toList();
    if (lines.size() < 4 || !lines.get(2).startsWith(TRUSTED)) {
      return Optional.empty();
    }
    byte[] signature = decode(lines.get(1));
    byte[] global = decode(lines.get(3));
    boolean known =
        signature.length == HEAD + SIGNATURE
            && signature[0] == 'E'
            && (signature[1] == 'd' || signature[1] == 'D');
    return known && global.length == SIGNATURE
        ? Optional.of(
            new Minisignature(signature, lines.get(2).substring(TRUSTED.length()), global))
        : Optional.empty();
  }

  private static byte[] decode(String line) {
    try {
      return Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Returns the ID of the key that the signature claims to be made with. */
  public String keyId() {
    return TrustedKey.id(Arrays.copyOfRange(signature, 2, HEAD));
  }

  /** Tells whether {@code key} has signed {@code content} and the trusted comment. */
  public boolean isBy(TrustedKey key, byte[] content) {
    byte[] own = Arrays.copyOfRange(signature, HEAD, signature.length);
    byte[] comment = trustedComment.getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = Arrays.copyOf(own, own.length + comment.length);
    System.arraycopy(comment, 0, both, own.length, comment.length);
    byte[] signed = signature[1] == 'D' ? Blake2b.of(PREHASH, content) : content;
    return verify(key, signed, own) && verify(key, both, globalSignature);
  }

  private static boolean verify(TrustedKey key, byte[] content, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    try {
      verifier.init(false, new Ed25519PublicKeyParameters(key.point()));
    } catch (IllegalArgumentException e) {
      // It is no point of the curve, so that nobody can sign for it.
      return false;
    }
    verifier.update(content, 0, content.length);
    return verifier.verifySignature(signature);
  }
}
