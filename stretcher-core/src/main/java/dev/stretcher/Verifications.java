package dev.stretcher;

import dev.stretcher.StretcherException.Failure;
import dev.stretcher.StretcherException.VerificationFailed;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Verdict;
import dev.stretcher.spi.Verifier;
import dev.stretcher.text.RedactedUri;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** All verifications of one archive: it is accepted when each of them accepts it. */
final class Verifications {
  private final Manifest.Archive archive;
  private final List<Verifier.Verification> all;

  private Verifications(Manifest.Archive archive, List<Verifier.Verification> all) {
    this.archive = archive;
    this.all = all;
  }

  static Verifications begin(List<Verifier> verifiers, Manifest.Archive archive)
      throws VerificationFailed {
    List<Verifier.Verification> all =
        verifiers.stream().map(v -> v.begin(archive)).flatMap(Optional::stream).toList();
    if (all.isEmpty()) {
      throw new VerificationFailed(
          archive.src(),
          Failure.of("nothing says what %s must contain".formatted(RedactedUri.of(archive.src())))
              .withRemedy("add checksum: with the archive's sha256 to the manifest"));
    }
    return new Verifications(archive, all);
  }

  void update(ByteBuffer chunk) {
    all.forEach(verification -> verification.update(chunk.duplicate()));
  }

  /** Returns what identifies the archive. */
  String finish() throws VerificationFailed {
    String identity = "";
    for (Verifier.Verification verification : all) {
      Verdict verdict = verification.finish();
      if (verdict instanceof Verdict.Rejected rejected) {
        throw rejected(rejected);
      }
      identity = identity.isEmpty() ? verdict.found() : identity + " " + verdict.found();
    }
    return identity;
  }

  private VerificationFailed rejected(Verdict.Rejected verdict) {
    return new VerificationFailed(
        archive.src(),
        Failure.of(
                "checksum mismatch of %s. expected:%s got:%s"
                    .formatted(RedactedUri.of(archive.src()), verdict.expected(), verdict.found()))
            .withRemedy("the archive is damaged or the manifest is of another one"));
  }
}
