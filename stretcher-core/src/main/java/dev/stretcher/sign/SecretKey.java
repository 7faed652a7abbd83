package dev.stretcher.sign;

import dev.stretcher.internal.load.Blake2b;
import dev.stretcher.internal.load.Minisignature;
import dev.stretcher.policy.TrustedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A secret key of minisign, which signs as {@code minisign -S} does. Used by one thread at a time.
 *
 * <p>{@link #close} overwrites the secret here. Copies that the JVM's cryptography makes for each
 * signature are left to the collector of garbage.
 */
public final class SecretKey implements AutoCloseable {
  private static final int ID = 8;
  private static final int SEED = 32;
  private static final Set<PosixFilePermission> OPEN =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final byte[] secret;

  private SecretKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Reads a key, and decrypts it if it has a password.
   *
   * @param file as {@code minisign -G} makes it, with or without {@code -W}
   * @throws UnusableKeyException if it is none, or if the password is wrong
   * @throws IOException if there is no password
   */
  public static SecretKey read(Path file, Password password) throws IOException {
    KeyFile content = KeyFile.read(file);
    try {
      SecretKey key = new SecretKey(content.secret(password));
      if (!key.isWhole()) {
        key.close();
        throw new UnusableKeyException(
            "the key %s is damaged: its two halves do not belong together".formatted(file));
      }
      return key;
    } finally {
      content.erase();
    }
  }

  /** Tells whether users other than the owner may read a file of a key. */
  public static boolean isReadableByOthers(Path file) {
    try {
      Set<PosixFilePermission> found = EnumSet.copyOf(OPEN);
      found.retainAll(Files.getPosixFilePermissions(file));
      return Files.isRegularFile(file) && !found.isEmpty();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** A signature is verified by the public half. */
  private boolean isWhole() {
    byte[] content = {};
    byte[] signature = sign(content, "", Instant.EPOCH).getBytes(StandardCharsets.UTF_8);
    return Minisignature.parse(signature)
        .filter(each -> each.isBy(publicKey(), content))
        .isPresent();
  }

  /** Returns what hosts name in {@code require_signature}. */
  public TrustedKey publicKey() {
    byte[] point = Arrays.copyOfRange(secret, ID + SEED, secret.length);
    return TrustedKey.parse(base64(bytes("Ed"), id(), point));
  }

  private byte[] id() {
    return Arrays.copyOf(secret, ID);
  }

  /**
   * Signs some content, prehashed, as minisign does today.
   *
   * @param name the file's name for people; a line break in it becomes a question mark
   * @return the content of a {@code .minisig} file
   */
  public String sign(byte[] content, String name, Instant at) {
    byte[] signature = raw(Blake2b.of(Minisignature.PREHASH, content));
    String comment =
        "timestamp:%s\tfile:%s\thashed"
            .formatted(Long.toString(at.getEpochSecond()), name.replaceAll("\\p{Cntrl}", "?"));
    byte[] global = raw(join(signature, bytes(comment)));
    return "untrusted comment: signature from minisign secret key\n%s\ntrusted comment: %s\n%s\n"
        .formatted(base64(bytes("ED"), id(), signature), comment, base64(global));
  }

  private byte[] raw(byte[] content) {
    byte[] seed = Arrays.copyOfRange(secret, ID, ID + SEED);
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JVM from 15 on has Ed25519", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[]... parts) {
    return Base64.getEncoder().encodeToString(join(parts));
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Overwrites the secret. */
  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  /** Returns the ID of the key, and nothing secret. */
  @Override
  public String toString() {
    return "secret key " + TrustedKey.id(id());
  }
}
