package dev.stretcher.sign;

import dev.stretcher.internal.load.Blake2b;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The content of a secret key's file, see "Secret key format" in <a
 * href="https://jedisct1.github.io/minisign/">minisign's manual</a>.
 */
final class KeyFile {
  /** The ID, the seed and the public key. */
  static final int SECRET = 8 + 32 + 32;

  private static final int CHECKSUM = 32;
  private static final int KDF = 2;
  private static final int CHECKSUM_KIND = 4;
  private static final int SALT = 6;
  private static final int OPERATIONS = SALT + 32;
  private static final int MEMORY = OPERATIONS + 8;
  private static final int ENCRYPTED = MEMORY + 8;
  private static final int LENGTH = ENCRYPTED + SECRET + CHECKSUM;
  private static final int PUBLIC_LENGTH = 42;
  private static final int LONGEST = 4096;

  private final String name;
  private final byte[] bytes;

  private KeyFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  static KeyFile read(Path file) throws UnusableKeyException {
    String name = file.toString();
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LONGEST);
    } catch (NoSuchFileException e) {
      throw new UnusableKeyException("there is no key " + name + "; make one by minisign -G");
    } catch (IOException e) {
      throw new UnusableKeyException(
          "the key %s cannot be read: %s"
              .formatted(
                  name, e instanceof AccessDeniedException ? "permission denied" : e.getMessage()));
    }
    try {
      return new KeyFile(name, secondLine(content)).checked();
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] secondLine(byte[] content) {
    int start = 0;
    while (start < content.length && content[start] != '\n') {
      start++;
    }
    int end = ++start;
    while (end < content.length && content[end] != '\n' && content[end] != '\r') {
      end++;
    }
    try {
      return start < end
          ? Base64.getDecoder().decode(Arrays.copyOfRange(content, start, end))
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private KeyFile checked() throws UnusableKeyException {
    if (bytes.length == PUBLIC_LENGTH && is(0, "Ed")) {
      throw unusable("is a public key of minisign; name the secret one, such as minisign.key");
    }
    if (bytes.length != LENGTH || !is(0, "Ed")) {
      throw unusable("is no secret key of minisign; make one by minisign -G");
    }
    if (!is(CHECKSUM_KIND, "B2") || !(is(KDF, "Sc") || is(KDF, "\0\0"))) {
      throw unusable("is encrypted in a way that only a newer minisign knows");
    }
    return this;
  }

  private boolean is(int at, String kind) {
    return kind.equals(new String(bytes, at, 2, StandardCharsets.ISO_8859_1));
  }

  private UnusableKeyException unusable(String what) {
    return new UnusableKeyException("the key " + name + " " + what);
  }

  /** Returns the ID, the seed and the public key, which the caller overwrites. */
  byte[] secret(Password password) throws IOException {
    if (!is(KDF, "Sc")) {
      // minisign itself makes such a key without a checksum.
      return Arrays.copyOfRange(bytes, ENCRYPTED, ENCRYPTED + SECRET);
    }
    byte[] stream = stream(password);
    for (int i = 0; i < stream.length; i++) {
      stream[i] ^= bytes[ENCRYPTED + i];
    }
    try {
      Optional<byte[]> secret = whole(stream);
      return secret.orElseThrow(
          () -> unusable("cannot be decrypted: the password is wrong, or the file was changed"));
    } finally {
      Arrays.fill(stream, (byte) 0);
    }
  }

  private byte[] stream(Password password) throws IOException {
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Scrypt scrypt;
    try {
      scrypt = Scrypt.within(numbers.getLong(OPERATIONS), numbers.getLong(MEMORY));
    } catch (IllegalArgumentException e) {
      throw unusable("is damaged: " + e.getMessage());
    }
    requireMemory(scrypt);
    byte[] typed = password.bytes();
    try {
      return scrypt.derive(typed, Arrays.copyOfRange(bytes, SALT, OPERATIONS), SECRET + CHECKSUM);
    } catch (OutOfMemoryError e) {
      throw needs(scrypt);
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
  }

  private void requireMemory(Scrypt scrypt) throws UnusableKeyException {
    if (scrypt.bytes() + scrypt.bytes() / 64 > Runtime.getRuntime().maxMemory()) {
      throw needs(scrypt);
    }
  }

  private UnusableKeyException needs(Scrypt scrypt) {
    long mebibytes = scrypt.bytes() >> 20;
    return unusable(
        "needs %s MiB of memory to be decrypted, and this JVM may not take that much; set JAVA_OPTS=-Xmx%sm, or sign by a key without a password (minisign -G -W)"
            .formatted(Long.toString(mebibytes), Long.toString(mebibytes + mebibytes / 4 + 32)));
  }

  /** The checksum covers what the file begins with, too. */
  private Optional<byte[]> whole(byte[] decrypted) {
    byte[] covered = new byte[2 + SECRET];
    System.arraycopy(bytes, 0, covered, 0, 2);
    System.arraycopy(decrypted, 0, covered, 2, SECRET);
    byte[] checksum = Blake2b.of(CHECKSUM, covered);
    Arrays.fill(covered, (byte) 0);
    byte[] expected = Arrays.copyOfRange(decrypted, SECRET, SECRET + CHECKSUM);
    return Arrays.equals(checksum, expected)
        ? Optional.of(Arrays.copyOf(decrypted, SECRET))
        : Optional.empty();
  }

  void erase() {
    Arrays.fill(bytes, (byte) 0);
  }
}
