package dev.stretcher.internal.load;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.RealPath;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.reserved.ReservedDirectories;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.manifest.ManifestValues;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.TrustedKey;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.Forbidden;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Refuses manifests that the operator does not allow, before the engine acts on them. */
public final class ManifestPolicy {
  private static final String REMEDY = "if it is right, change " + Policy.MENTION;

  private final Policy policy;
  private final ReservedDirectories reserved;
  private final Reporter reporter;

  public ManifestPolicy(Engine engine, Reporter reporter) {
    this.policy = engine.policy();
    this.reserved = engine.reserved();
    this.reporter = reporter;
  }

  /** Fetches a small object. */
  @FunctionalInterface
  interface Fetch {
    byte[] fetch(URI uri) throws StretcherException, InterruptedException;
  }

  void requirePlace(URI manifest) throws Forbidden {
    require(Stage.MANIFEST, Stream.of(policy.refusesManifest(manifest)));
  }

  /** Checks the bytes of a manifest: its pin, and its signature if one is required. */
  void requireAuthentic(PinnedManifest manifest, byte[] bytes, Fetch fetch)
      throws StretcherException, InterruptedException {
    if (manifest.pin().isPresent()) {
      requirePin(manifest, manifest.pin().get(), bytes);
    }
    if (!policy.keys().isEmpty()) {
      requireSignature(manifest, bytes, fetch);
    }
  }

  /** Refuses a manifest that no one can have signed, since the program made it, if one must. */
  void requireNoSignature() throws Forbidden {
    if (!policy.keys().isEmpty()) {
      throw forbidden(
          "require_signature: a manifest that the program has made has no signature",
          "publish and sign it, and deploy its URL");
    }
  }

  private void requirePin(PinnedManifest manifest, Digest pin, byte[] bytes) throws Forbidden {
    String found = DigestUtils.sha256Hex(bytes);
    if (!found.equals(pin.hex())) {
      throw forbidden(
          "%s is not the one that its URL names: expected sha256 %s, found %s"
              .formatted(RedactedUri.of(manifest.uri()), pin.hex(), found),
          "send the event with the digest of what is there, or put the manifest back");
    }
    reporter.report(new DeployEvent.ManifestVerified(pin.toString()));
  }

  private void requireSignature(PinnedManifest manifest, byte[] bytes, Fetch fetch)
      throws StretcherException, InterruptedException {
    String shown = RedactedUri.of(manifest.uri());
    Minisignature signature =
        Minisignature.parse(signature(manifest, fetch))
            .orElseThrow(
                () ->
                    forbidden(
                        "require_signature: %s is not a signature of minisign"
                            .formatted(RedactedUri.of(manifest.signature())),
                        "sign by minisign -S -m FILE"));
    List<TrustedKey> keys =
        policy.keys().stream().filter(key -> key.id().equals(signature.keyId())).toList();
    if (keys.isEmpty()) {
      throw forbidden(
          "require_signature: %s is signed by the key %s, which is not in the list"
              .formatted(shown, signature.keyId()),
          REMEDY);
    }
    if (keys.stream().noneMatch(key -> signature.isBy(key, bytes))) {
      throw forbidden(
          "require_signature: the signature of %s is wrong, the manifest or the signature was changed"
              .formatted(shown),
          "find out by whom, and sign it again");
    }
    reporter.report(new DeployEvent.ManifestVerified("signed by " + signature.keyId()));
  }

  private static byte[] signature(PinnedManifest manifest, Fetch fetch)
      throws StretcherException, InterruptedException {
    try {
      return fetch.fetch(manifest.signature());
    } catch (StretcherException.BadManifest e) {
      // It is too long for one.
      return new byte[0];
    } catch (StretcherException.SourceUnavailable e) {
      // Other causes are no matter of signing, and their messages say what to do.
      String reason = "require_signature: the signature cannot be had: " + e.getMessage();
      throw new Forbidden(
          Stage.MANIFEST,
          e.getCause() instanceof NoSuchFileException
              ? Failure.of(
                      "require_signature: there is no signature "
                          + RedactedUri.of(manifest.signature()),
                      e)
                  .withRemedy("sign by minisign -S -m FILE, and put FILE.minisig there")
              : Failure.of(reason, e));
    }
  }

  /** Checks what a manifest wants, and names everything that is not allowed. */
  void requireContent(ManifestValues values) throws Forbidden {
    Optional<Forbidden> refusal = refusesContent(values);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /** Returns everything that is not allowed; wrong values of the manifest are left out. */
  public Optional<Forbidden> refusesContent(ManifestValues values) {
    if (!values.hasSrc()) {
      return Optional.empty();
    }
    Optional<Path> dest = values.get(ManifestKeys.DEST);
    Optional<Forbidden> untrue = dest.flatMap(path -> refusesUntrue(Stage.MANIFEST, path));
    if (untrue.isPresent()) {
      return untrue;
    }
    return refusal(
        Stage.MANIFEST,
        Stream.of(
            values.get(ManifestKeys.SRC).flatMap(policy::refusesSource),
            values.isWrong(ManifestKeys.CHECKSUM)
                ? Optional.empty()
                : policy.refusesChecksum(values.get(ManifestKeys.CHECKSUM)),
            policy.refusesToc(values.get(ManifestKeys.TOC)),
            dest.flatMap(policy::refusesDest),
            dest.flatMap(path -> refusesReserved(path, RealPath.of(path), true))));
  }

  /**
   * Checks dest once more, since commands may have put a symbolic link in its way.
   *
   * @param place the place that it leads to
   * @param afterCommands whether commands have run
   */
  public void requireDest(Path dest, PinnedPlace place, boolean afterCommands) throws Forbidden {
    Optional<Forbidden> untrue = refusesUntrue(Stage.SYNC, dest);
    if (untrue.isPresent()) {
      throw untrue.get();
    }
    Path real = place.isDirectory() ? place.path() : RealPath.of(dest);
    require(
        Stage.SYNC,
        Stream.of(policy.refusesDest(dest, real), refusesReserved(dest, real, afterCommands)));
  }

  /** The directory that is checked by its real path must be the one that is deployed to. */
  private static Optional<Forbidden> refusesUntrue(Stage stage, Path dest) {
    if (RealPath.isTrueOf(dest)) {
      return Optional.empty();
    }
    return Optional.of(
        new Forbidden(
            stage,
            Failure.of(
                    "dest %s leads to another directory than its links tell, as by way of /proc/PID/root"
                            .formatted(NativeText.text(dest))
                        + " of a process in another mount namespace")
                .withRemedy("name the directory as this process sees it")));
  }

  private Optional<String> refusesReserved(Path dest, Path real, boolean closely) {
    return reserved.refuses(
        dest,
        real,
        policy.dests(),
        closely,
        text -> reporter.report(new DeployEvent.Warning(text)));
  }

  private static void require(Stage stage, Stream<Optional<String>> refusals) throws Forbidden {
    Optional<Forbidden> refusal = refusal(stage, refusals);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private static Optional<Forbidden> refusal(Stage stage, Stream<Optional<String>> refusals) {
    return refusals
        .flatMap(Optional::stream)
        .reduce((one, other) -> one + "; " + other)
        .map(text -> new Forbidden(stage, Failure.of(text).withRemedy(REMEDY)));
  }

  private static Forbidden forbidden(String what, String remedy) {
    return new Forbidden(Stage.MANIFEST, Failure.of(what).withRemedy(remedy));
  }
}
