package dev.stretcher.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Encrypts a key of {@link Minisign} at the least cost that libsodium takes: {@code minisign -G}
 * asks for a gigabyte and some seconds.
 */
public final class KeyWithPassword {
  private static final int SECRET_AT = 54;
  private static final int SECRET = 72;
  private static final int CHECKSUM = 32;
  private static final long OPERATIONS = 32_768;
  private static final long MEMORY = 16 << 20;

  private KeyWithPassword() {}

  /** Returns a file beside that of a key without a password. */
  public static Path of(Path plain, String password) throws IOException {
    List<String> lines = Files.readAllLines(plain);
    byte[] key = Base64.getDecoder().decode(lines.get(1));
    key[2] = 'S';
    key[3] = 'c';
    ByteBuffer.wrap(key)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(SECRET_AT - 2 * Long.BYTES, OPERATIONS)
        .putLong(SECRET_AT - Long.BYTES, MEMORY);
    Blake2bDigest checksum = new Blake2bDigest(CHECKSUM * Byte.SIZE);
    checksum.update(key, 0, 2);
    checksum.update(key, SECRET_AT, SECRET);
    checksum.doFinal(key, SECRET_AT + SECRET);
    byte[] salt = new byte[32];
    byte[] typed = password.getBytes(StandardCharsets.UTF_8);
    byte[] stream = SCrypt.generate(typed, salt, 1024, 8, 1, SECRET + CHECKSUM);
    for (int i = 0; i < stream.length; i++) {
      key[SECRET_AT + i] ^= stream[i];
    }
    String text = lines.get(0) + "\n" + Base64.getEncoder().encodeToString(key) + "\n";
    Path file = Files.copy(plain, plain.resolveSibling("encrypted.key"));
    return Files.writeString(file, text);
  }
}
