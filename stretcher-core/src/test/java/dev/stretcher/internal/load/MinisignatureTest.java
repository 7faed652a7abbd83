package dev.stretcher.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Minisign;
import dev.stretcher.policy.TrustedKey;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with the real minisign, which makes the keys and the signatures. */
class MinisignatureTest {
  @TempDir Path directory;

  private Minisign minisign;
  private TrustedKey key;
  private Path file;
  private byte[] content;

  @BeforeEach
  void makeKeys() throws Exception {
    minisign = Minisign.in(directory);
    key = TrustedKey.parse(minisign.publicKey());
    content = "src: s3://bucket/app.tar.gz\n".getBytes(UTF_8);
    file = Files.write(directory.resolve("app.yml"), content);
  }

  private boolean isSigned(byte[] signature, byte[] signed) {
    return Minisignature.parse(signature).filter(each -> each.isBy(key, signed)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-H", "-l"})
  void acceptsWhatMinisignHasSigned(String form) throws Exception {
    byte[] signature = Files.readAllBytes(minisign.sign(file, form, "-t", "für app.yml"));
    minisign.verify(file);
    assertThat(isSigned(signature, content)).isTrue();
    assertThat(Minisignature.parse(signature).map(Minisignature::keyId)).contains(key.id());
    assertThat(new String(Files.readAllBytes(directory.resolve("minisign.pub")), UTF_8))
        .contains(key.id());
  }

  @Test
  void aChangedByteAnywhereIsNoticed() throws Exception {
    byte[] signature = Files.readAllBytes(minisign.sign(file));
    for (int i = 0; i < content.length; i++) {
      byte[] changed = content.clone();
      changed[i] ^= 1;
      assertThat(isSigned(signature, changed)).as("byte %d of the content", i).isFalse();
    }
    int start = new String(signature, UTF_8).indexOf('\n') + 1;
    int noticed = 0;
    for (int i = start; i < signature.length; i++) {
      byte[] changed = signature.clone();
      changed[i] ^= 2;
      Optional<Minisignature> parsed = Minisignature.parse(changed);
      boolean refused =
          parsed.filter(each -> each.keyId().equals(key.id()) && each.isBy(key, content)).isEmpty();
      noticed += refused ? 1 : 0;
    }
    // The line end of the file, and base64 digits whose last bits mean nothing, may change.
    assertThat(noticed).isGreaterThanOrEqualTo(signature.length - start - 4);
  }

  @Test
  void theSignatureOfAnotherKeyIsNone() throws Exception {
    byte[] signature = Files.readAllBytes(minisign.sign(file));
    Minisign other = Minisign.in(Files.createDirectory(directory.resolve("other")));
    TrustedKey stranger = TrustedKey.parse(other.publicKey());
    assertThat(Minisignature.parse(signature).orElseThrow().isBy(stranger, content)).isFalse();
  }

  @Test
  void aKeyThatIsNoPointOfTheCurveAndANumberThatIsTooLargeAreRefused() throws Exception {
    String text = Files.readString(minisign.sign(file));
    Minisignature signature = Minisignature.parse(text.getBytes(UTF_8)).orElseThrow();
    byte[] bytes = Base64.getDecoder().decode(key.toString());
    Arrays.fill(bytes, bytes.length - 32, bytes.length, (byte) 0);
    bytes[bytes.length - 32] = 2;
    TrustedKey none = TrustedKey.parse(Base64.getEncoder().encodeToString(bytes));
    assertThat(signature.isBy(none, content)).isFalse();

    List<String> lines = new ArrayList<>(text.lines().toList());
    byte[] sum = Base64.getDecoder().decode(lines.get(1));
    addOrder(sum, 10 + 32);
    lines.set(1, Base64.getEncoder().encodeToString(sum));
    assertThat(isSigned(String.join("\n", lines).getBytes(UTF_8), content)).isFalse();
  }

  /**
   * Adds the order of the curve's group to a number: the same signature for a careless verifier.
   */
  private static void addOrder(byte[] littleEndian, int at) {
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    int carry = 0;
    for (int i = 0; i < 32; i++) {
      int digit = order.shiftRight(i * Byte.SIZE).intValue() & 0xff;
      carry += (littleEndian[at + i] & 0xff) + digit;
      littleEndian[at + i] = (byte) carry;
      carry >>= Byte.SIZE;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n\n\n", "a\nb\ntrusted comment: c\nd", "a\nRUQ=\ntrusted comment: "})
  void whatIsNoSignatureIsNone(String text) {
    assertThat(Minisignature.parse(text.getBytes(UTF_8))).isEmpty();
  }
}
