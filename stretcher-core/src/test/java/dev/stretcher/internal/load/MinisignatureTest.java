package dev.stretcher.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Minisign;
import dev.stretcher.policy.TrustedKey;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n\n\n", "a\nb\ntrusted comment: c\nd", "a\nRUQ=\ntrusted comment: "})
  void whatIsNoSignatureIsNone(String text) {
    assertThat(Minisignature.parse(text.getBytes(UTF_8))).isEmpty();
  }
}
