package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.Forbidden;
import dev.stretcher.report.StretcherException.VerificationFailed;
import dev.stretcher.spi.Verdict;
import dev.stretcher.spi.Verifier;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a verifier's word is worth. */
class VerificationsTest extends StretcherFixture {
  /** Accepts an archive of one length; without a role of its own, as most plug-ins are. */
  private static class SizeVerifier implements Verifier {
    private final long expected;

    SizeVerifier(long expected) {
      this.expected = expected;
    }

    @Override
    public Optional<Verification> begin(Manifest.Archive described) {
      return Optional.of(
          new Verification() {
            private long size;

            @Override
            public void update(ByteBuffer chunk) {
              size += chunk.remaining();
            }

            @Override
            public Verdict finish() {
              return size == expected
                  ? new Verdict.Accepted("size:" + size)
                  : new Verdict.Rejected("size:" + expected, "size:" + size);
            }
          });
    }
  }

  /** Says of itself that it stands for the content. */
  private static final class TrustedVerifier extends SizeVerifier {
    TrustedVerifier(long expected) {
      super(expected);
    }

    @Override
    public Role role() {
      return Role.INSTEAD_OF_CHECKSUM;
    }
  }

  private long size;

  @BeforeEach
  void putAnArchive() {
    putApp("");
    size = memory.get("/app.tar").length;
  }

  private void withoutChecksum() {
    memory.put("/app.yml", "src: mem:/app.tar\ndest: %s\n".formatted(directory.resolve("app")));
  }

  @Test
  void oneThatIsOnlyAdditionalDoesNotReplaceTheChecksumAndNothingIsFetched() {
    withoutChecksum();

    assertThatThrownBy(() -> stretcher().verifier(new SizeVerifier(size)).build().deploy(MANIFEST))
        .isInstanceOf(VerificationFailed.class)
        .hasMessageContainingAll(SizeVerifier.class.getName(), "in addition", "add checksum:");

    assertThat(memory.opened()).containsExactly("/app.yml");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void checkSaysSoToo() throws Exception {
    withoutChecksum();

    CheckReport report = stretcher().verifier(new SizeVerifier(size)).build().check(MANIFEST);

    assertThat(report.problems().toString())
        .contains(SizeVerifier.class.getName(), "add checksum:");
  }

  @Test
  void whatIsNamedAsTheChecksumIsOnlyWhatStandsForTheContent() throws Exception {
    Deployment deployment = stretcher().verifier(new SizeVerifier(size)).build().deploy(MANIFEST);

    String digest = DigestUtils.sha256Hex(memory.get("/app.tar"));
    assertThat(events).contains(new DeployEvent.Verified("sha256:" + digest));
    assertThat(((Deployment.OfArchive) deployment).verified()).isEqualTo("sha256:" + digest);
    assertThat(new DeployEvent.Verified("sha256:" + digest).message())
        .isEqualTo("Checksum ok: " + digest);
    assertThat(new DeployEvent.Verified("size:5").message()).isEqualTo("Checksum ok: size:5");
  }

  @Test
  void oneThatIsAdditionalStillRefusesAndIsNamed() {
    assertThatThrownBy(
            () -> stretcher().verifier(new SizeVerifier(size + 1)).build().deploy(MANIFEST))
        .isInstanceOf(VerificationFailed.class)
        .hasMessageContainingAll(SizeVerifier.class.getName(), "size:" + (size + 1), "size:" + size)
        .hasMessageNotContaining("checksum mismatch");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void oneThatStandsForTheContentReplacesTheChecksum() throws Exception {
    withoutChecksum();

    stretcher().verifier(new TrustedVerifier(size)).build().deploy(MANIFEST);

    assertThat(events).contains(new DeployEvent.Verified("size:" + size));
  }

  @Test
  void noVerifierSatisfiesTheChecksumThatThePolicyRequires() {
    withoutChecksum();
    Policy policy =
        new Policy(
            List.of(), List.of(), List.of(), Optional.of(Digest.Algorithm.SHA256), List.of());

    assertThatThrownBy(
            () ->
                stretcher()
                    .policy(policy)
                    .verifier(new TrustedVerifier(size))
                    .build()
                    .deploy(MANIFEST))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("require_checksum");
    assertThat(memory.opened()).containsExactly("/app.yml");
  }
}
