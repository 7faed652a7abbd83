package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.VerifierContract;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Verdict;
import dev.stretcher.spi.Verifier;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestVerifierTest extends VerifierContract {
  @Override
  protected Verifier verifier() {
    return new DigestVerifier();
  }

  @Override
  protected Manifest.Archive describing(byte[] archive) {
    return describing(DigestUtils.sha256Hex(archive));
  }

  @Override
  protected Manifest.Archive describingNothing() {
    return new Manifest.Archive(URI.create("file:///a"), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "900150983cd24fb0d6963f7d28e17f72",
        "a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
      })
  void knowsTheTestVectorsOfTheStandards(String checksum) {
    Verifier.Verification verification = verifier().begin(describing(checksum)).orElseThrow();
    verification.update(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));

    assertThat(verification.finish())
        .isEqualTo(new Verdict.Accepted(Digest.parse(checksum).toString()));
  }

  private static Manifest.Archive describing(String checksum) {
    return new Manifest.Archive(URI.create("file:///a"), Optional.of(Digest.parse(checksum)));
  }
}
