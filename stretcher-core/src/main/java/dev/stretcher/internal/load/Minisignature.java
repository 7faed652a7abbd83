package dev.stretcher.internal.load;

import dev.stretcher.policy.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

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
  private static final String ED25519 = "Ed25519";

  /** What precedes the point in the encoding of X.509, see RFC 8410. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

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
    try {
      Signature verifier = Signature.getInstance(ED25519);
      verifier.initVerify(publicKey(key));
      verifier.update(content);
      return verifier.verify(signature);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "this Java runtime has no Ed25519; add its module jdk.crypto.ec", e);
    } catch (GeneralSecurityException e) {
      // The key is no point of the curve, or the signature no number that a signer could have made.
      return false;
    }
  }

  private static PublicKey publicKey(TrustedKey key) throws GeneralSecurityException {
    byte[] point = key.point();
    byte[] encoded = Arrays.copyOf(X509, X509.length + point.length);
    System.arraycopy(point, 0, encoded, X509.length, point.length);
    return KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
  }
}
