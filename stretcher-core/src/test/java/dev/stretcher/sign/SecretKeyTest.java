package dev.stretcher.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.KeyWithPassword;
import dev.stretcher.contract.Minisign;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compared with the real minisign, which makes the keys and verifies the signatures. */
class SecretKeyTest {
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
  private static final Password NONE =
      () -> {
        throw new IOException("asked for a password");
      };

  @TempDir private Path directory;

  private Minisign minisign;
  private Path plain;

  @BeforeEach
  void makeKeys() throws Exception {
    minisign = Minisign.in(directory);
    plain = directory.resolve("minisign.key");
  }

  private static Password password(String text) {
    return () -> Password.bytes(text.toCharArray());
  }

  /** Signs as we do, and lets minisign verify it. */
  private String signed(Path file, Password password, String name) throws Exception {
    Path content = Files.writeString(directory.resolve("shop.yml"), "src: s3://b/ü.tar.gz\n");
    String signature;
    try (SecretKey key = SecretKey.read(file, password)) {
      assertThat(key.publicKey()).hasToString(minisign.publicKey());
      signature = key.sign(Files.readAllBytes(content), name, AT);
    }
    Files.writeString(directory.resolve("shop.yml.minisig"), signature);
    minisign.verify(content);
    return signature;
  }

  private void assertUnusable(Path file, Password password, String... said) {
    assertThatThrownBy(() -> SecretKey.read(file, password))
        .isInstanceOf(UnusableKeyException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(file.toString()).contains(said));
  }

  /** Changes the bytes of a key. */
  private Path changed(Path file, Consumer<byte[]> change) throws IOException {
    List<String> lines = Files.readAllLines(file);
    byte[] key = Base64.getDecoder().decode(lines.get(1));
    change.accept(key);
    String text = lines.get(0) + "\n" + Base64.getEncoder().encodeToString(key) + "\n";
    return Files.writeString(directory.resolve("changed.key"), text);
  }

  @Test
  void minisignAcceptsASignatureWithTimeAndNameInTheTrustedComment() throws Exception {
    assertThat(signed(plain, NONE, "shop.yml").lines().toList())
        .contains("trusted comment: timestamp:1700000000\tfile:shop.yml\thashed");
    assertThat(signed(plain, NONE, "für\nalle").lines().count()).isEqualTo(4);
  }

  @Test
  void itSignsByteForByteAsMinisignDoes() throws Exception {
    String ours = signed(plain, NONE, "shop.yml");
    Path theirs =
        minisign.sign(
            directory.resolve("shop.yml"), "-t", "timestamp:1700000000\tfile:shop.yml\thashed");
    assertThat(theirs).hasContent(ours);
  }

  @Test
  void aKeyThatMinisignCanDecryptIsDecrypted() throws Exception {
    Path encrypted = KeyWithPassword.of(plain, "pässword");
    Path file = Files.writeString(directory.resolve("other.yml"), "x");
    Process real =
        new ProcessBuilder("minisign", "-S", "-s", encrypted.toString(), "-m", file.toString())
            .redirectErrorStream(true)
            .start();
    real.getOutputStream().write("pässword\n".getBytes(UTF_8));
    real.getOutputStream().close();
    assertThat(new String(real.getInputStream().readAllBytes(), UTF_8)).doesNotContain("Wrong");
    assertThat(real.waitFor()).isZero();

    signed(encrypted, password("pässword"), "shop.yml");
    Path line = Files.writeString(directory.resolve("password"), "pässword\r\nmore\n");
    signed(encrypted, Password.ofFile(line), "shop.yml");
  }

  @Test
  void aWrongPasswordAndNoPasswordAreErrorsThatDoNotTellIt() throws Exception {
    Path encrypted = KeyWithPassword.of(plain, "right");
    assertUnusable(encrypted, password("wr0ng"), "the password is wrong");
    assertThatThrownBy(() -> SecretKey.read(encrypted, password("wr0ng")))
        .hasMessageNotContaining("wr0ng");
    assertThatThrownBy(() -> SecretKey.read(encrypted, NONE)).hasMessage("asked for a password");
    Path empty = Files.createFile(directory.resolve("empty"));
    assertThatThrownBy(() -> SecretKey.read(encrypted, Password.ofFile(empty)))
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("expected 1 to 1023");
    Path none = directory.resolve("none");
    assertThatThrownBy(() -> SecretKey.read(encrypted, Password.ofFile(none)))
        .hasMessageContaining("there is no file " + none);
  }

  @Test
  void whatIsNoSecretKeyOfMinisignIsNamed() throws Exception {
    assertUnusable(directory.resolve("none"), NONE, "there is no key", "minisign -G");
    assertUnusable(directory.resolve("minisign.pub"), NONE, "is a public key");
    assertUnusable(directory, NONE, "cannot be read", "directory");
    for (String text : List.of("", "\n", "a\n!\n", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n")) {
      Path other = Files.writeString(directory.resolve("other"), text);
      assertUnusable(other, NONE, "is no secret key of minisign");
    }
    assertUnusable(changed(plain, key -> key[2] = 'X'), NONE, "only a newer minisign knows");
    assertUnusable(changed(plain, key -> key[100] ^= 1), NONE, "is damaged");
  }

  @Test
  void costsThatNobodyCanPayAreRefusedBeforeThePasswordIsAskedFor() throws Exception {
    Path encrypted = KeyWithPassword.of(plain, "right");
    assertUnusable(costs(encrypted, 1L << 40, 1 << 30), NONE, "beyond all measure");
    assertUnusable(costs(encrypted, -1, -1), NONE, "beyond all measure");
    assertUnusable(
        costs(encrypted, 1L << 30, 1L << 35), NONE, "needs 16384 MiB", "JAVA_OPTS=-Xmx20512m");
  }

  private Path costs(Path file, long operations, long memory) throws IOException {
    return changed(
        file,
        key ->
            ByteBuffer.wrap(key)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(38, operations)
                .putLong(46, memory));
  }

  @Test
  void costsAreThoseThatLibsodiumPicks() {
    assertThat(Scrypt.within(33_554_432, 1 << 30)).isEqualTo(new Scrypt(1 << 20, 1));
    assertThat(Scrypt.within(524_288, 16 << 20)).isEqualTo(new Scrypt(1 << 14, 1));
    assertThat(Scrypt.within(0, 0)).isEqualTo(new Scrypt(2, 512));
    assertThat(Scrypt.within(33_554_432, 1 << 24)).isEqualTo(new Scrypt(1 << 14, 64));
  }

  @Test
  void aFileThatOthersMayReadIsNoticedAndNothingSecretIsPrinted() throws Exception {
    assertThat(SecretKey.isReadableByOthers(plain)).isFalse();
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(SecretKey.isReadableByOthers(plain)).isTrue();
    try (SecretKey key = SecretKey.read(plain, NONE)) {
      assertThat(key.toString()).isEqualTo("secret key " + key.publicKey().id());
    }
  }
}
