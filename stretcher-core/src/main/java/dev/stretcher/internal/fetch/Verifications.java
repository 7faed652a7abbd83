package dev.stretcher.internal.fetch;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.VerificationFailed;
import dev.stretcher.spi.Verdict;
import dev.stretcher.spi.Verifier;
import dev.stretcher.text.RedactedUri;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All verifications of one archive, which is accepted if each of them accepts it and one of them
 * stands for its content.
 */
public final class Verifications {
  private final Manifest.Archive archive;
  private final List<Begun> all;

  private Verifications(Manifest.Archive archive, List<Begun> all) {
    this.archive = archive;
    this.all = all;
  }

  /** A verification and the name of its verifier. */
  private record Begun(Verifier verifier, Verifier.Verification verification) {
    boolean standsForContent() {
      return verifier.role() == Verifier.Role.INSTEAD_OF_CHECKSUM;
    }

    String name() {
      return verifier.getClass().getName();
    }
  }

  /**
   * Begins to verify.
   *
   * @throws VerificationFailed if no verification stands for the content
   */
  public static Verifications begin(List<Verifier> verifiers, Manifest.Archive archive)
      throws VerificationFailed {
    List<Begun> all = new ArrayList<>();
    for (Verifier verifier : verifiers) {
      verifier.begin(archive).map(begun -> new Begun(verifier, begun)).ifPresent(all::add);
    }
    if (all.stream().noneMatch(Begun::standsForContent)) {
      throw nothingStands(archive, all);
    }
    return new Verifications(archive, List.copyOf(all));
  }

  private static VerificationFailed nothingStands(Manifest.Archive archive, List<Begun> weak) {
    String names = weak.stream().map(Begun::name).collect(Collectors.joining(", "));
    String notEnough =
        weak.isEmpty() ? "" : "; what %s checks is in addition to a checksum".formatted(names);
    return new VerificationFailed(
        archive.src(),
        Failure.of(
                "nothing says what %s must contain%s"
                    .formatted(RedactedUri.of(archive.src()), notEnough))
            .withRemedy("add checksum: with the archive's sha256 to the manifest"));
  }

  /** Tells whether the archive's bytes are compared with the manifest's digest, and no more. */
  boolean isByChecksum() {
    return all.size() == 1 && all.get(0).verifier() instanceof DigestVerifier;
  }

  void update(ByteBuffer chunk) {
    all.forEach(begun -> begun.verification().update(chunk.duplicate()));
  }

  /**
   * Returns what identifies the archive: the findings of the verifications that stand for its
   * content.
   */
  String finish() throws VerificationFailed {
    List<String> identity = new ArrayList<>();
    for (Begun begun : all) {
      Verdict verdict = begun.verification().finish();
      if (verdict instanceof Verdict.Rejected rejected) {
        throw rejected(begun, rejected);
      }
      if (begun.standsForContent()) {
        identity.add(verdict.found());
      }
    }
    return String.join(" ", identity);
  }

  private VerificationFailed rejected(Begun by, Verdict.Rejected verdict) {
    String src = RedactedUri.of(archive.src());
    String what =
        by.standsForContent()
            ? "checksum mismatch of " + src
            : "%s does not accept %s".formatted(by.name(), src);
    return new VerificationFailed(
        archive.src(),
        Failure.of("%s. expected:%s got:%s".formatted(what, verdict.expected(), verdict.found()))
            .withRemedy("the archive is damaged or the manifest is of another one"));
  }
}
