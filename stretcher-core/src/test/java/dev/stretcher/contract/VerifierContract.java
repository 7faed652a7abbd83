package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Verdict;
import dev.stretcher.spi.Verifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine relies on in a {@link Verifier}. */
public abstract class VerifierContract {
  private static final byte[] ARCHIVE = new byte[300_000];

  static {
    new Random(1).nextBytes(ARCHIVE);
  }

  /** Returns the verifier under test. */
  protected abstract Verifier verifier();

  /** Returns a description that only {@code archive} fits. */
  protected abstract Manifest.Archive describing(byte[] archive);

  /** Returns a description in which there is nothing that this verifier checks. */
  protected abstract Manifest.Archive describingNothing();

  @Test
  public void acceptsTheArchiveThatWasDescribedHoweverItIsCut() {
    for (int chunk : new int[] {ARCHIVE.length, 1 << 16, 8191, 100}) {
      assertThat(verdict(ARCHIVE, ARCHIVE, chunk)).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  public void acceptsAnEmptyArchiveThatWasDescribed() {
    assertThat(verdict(new byte[0], new byte[0], 1)).isInstanceOf(Verdict.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 70_000, 150_000, 299_999})
  public void rejectsAnArchiveWithOneOtherByteIfItStandsInsteadOfAChecksum(int position) {
    assumeStandsForContent();
    byte[] other = ARCHIVE.clone();
    other[position] ^= 1;

    Verdict verdict = verdict(ARCHIVE, other, 4096);

    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(((Verdict.Rejected) verdict).expected()).isNotEqualTo(verdict.found());
  }

  @Test
  public void rejectsTheSameBytesInAnotherOrderIfItStandsInsteadOfAChecksum() {
    assumeStandsForContent();
    byte[] other = ARCHIVE.clone();
    System.arraycopy(ARCHIVE, 0, other, ARCHIVE.length / 2, ARCHIVE.length / 2);
    System.arraycopy(ARCHIVE, ARCHIVE.length / 2, other, 0, ARCHIVE.length / 2);

    assertThat(verdict(ARCHIVE, other, 4096)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  public void rejectsAnArchiveThatIsCutOffOrLongerIfItStandsInsteadOfAChecksum() {
    assumeStandsForContent();
    for (int length : new int[] {0, 1000, ARCHIVE.length - 1, ARCHIVE.length + 1}) {
      assertThat(verdict(ARCHIVE, Arrays.copyOf(ARCHIVE, length), 100))
          .as("%d bytes", length)
          .isInstanceOf(Verdict.Rejected.class);
    }
  }

  @Test
  public void alwaysHasTheSameRole() {
    Verifier.Role role = verifier().role();
    begin(ARCHIVE);

    assertThat(verifier().role()).isEqualTo(role);
  }

  private void assumeStandsForContent() {
    assumeTrue(
        verifier().role() == Verifier.Role.INSTEAD_OF_CHECKSUM,
        "it is only asked in addition to a checksum");
  }

  @Test
  public void takesTheBytesBetweenPositionAndLimitOfAnyBuffer() {
    Verifier.Verification verification = begin(ARCHIVE);
    ByteBuffer direct = ByteBuffer.allocateDirect(ARCHIVE.length + 20).position(10);
    direct.put(ARCHIVE).flip().position(10);

    verification.update(direct.slice(10, 1000).asReadOnlyBuffer());
    verification.update(direct.duplicate().position(1010));

    assertThat(verification.finish()).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  public void verifiesTwoArchivesAtOnceIndependently() {
    Verifier.Verification good = begin(ARCHIVE);
    Verifier.Verification bad = begin(ARCHIVE);
    good.update(ByteBuffer.wrap(ARCHIVE));
    bad.update(ByteBuffer.wrap(new byte[] {1, 2, 3}));

    assertThat(good.finish()).isInstanceOf(Verdict.Accepted.class);
    assertThat(bad.finish()).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  public void isNotResponsibleForWhatIsNotDescribed() {
    assertThat(verifier().begin(describingNothing())).isEmpty();
  }

  private Verifier.Verification begin(byte[] described) {
    return verifier().begin(describing(described)).orElseThrow();
  }

  private Verdict verdict(byte[] described, byte[] fetched, int chunk) {
    Verifier.Verification verification = begin(described);
    for (int at = 0; at < fetched.length; at += chunk) {
      verification.update(ByteBuffer.wrap(fetched, at, Math.min(chunk, fetched.length - at)));
    }
    return verification.finish();
  }
}
