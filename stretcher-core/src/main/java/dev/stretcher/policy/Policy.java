package dev.stretcher.policy;

import dev.stretcher.file.RealPath;
import dev.stretcher.manifest.Digest;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What may be deployed. An empty list allows everything. Immutable.
 *
 * <p>Each method returns why a deploy is not allowed, in words that name the rule by its key in the
 * configuration, or empty if it is allowed.
 *
 * @param manifests where manifests may come from, {@code allow_manifests}
 * @param sources where archives may come from, {@code allow_sources}
 * @param dests the directories that may be deployed to, with all below them, {@code allow_dest}. A
 *     directory of the system, the home of a user, and what belongs to the program itself may be
 *     deployed to only if the list names it itself; a list that is empty does not allow it
 * @param checksum the weakest digest that an archive may be verified with, {@code
 *     require_checksum}; empty is any
 * @param keys who may sign manifests, {@code require_signature}; if there are any, a manifest must
 *     be signed by one of them
 */
public record Policy(
    List<UrlPrefix> manifests,
    List<UrlPrefix> sources,
    List<Path> dests,
    Optional<Digest.Algorithm> checksum,
    List<TrustedKey> keys) {
  /** Everything may be deployed. */
  public static final Policy OPEN =
      new Policy(List.of(), List.of(), List.of(), Optional.empty(), List.of());

  /**
   * The words for a policy in a message. A program that reads its policy from a file can replace
   * these words by the name of that file.
   */
  public static final String MENTION = "the policy of this host";

  /** Copies the lists. */
  public Policy {
    manifests = List.copyOf(manifests);
    sources = List.copyOf(sources);
    dests = List.copyOf(dests);
    keys = List.copyOf(keys);
  }

  /** Returns why a manifest may not be deployed, by where it is. */
  public Optional<String> refusesManifest(URI uri) {
    return refuses("allow_manifests", manifests, uri);
  }

  /** Returns why an archive may not be deployed, by where it is. */
  public Optional<String> refusesSource(URI uri) {
    return refuses("allow_sources", sources, uri);
  }

  private static Optional<String> refuses(String rule, List<UrlPrefix> prefixes, URI uri) {
    return prefixes.isEmpty() || prefixes.stream().anyMatch(prefix -> prefix.covers(uri))
        ? Optional.empty()
        : Optional.of(refusal(rule, RedactedUri.of(uri), joined(prefixes)));
  }

  private static String refusal(String rule, String what, String allowed) {
    return "%s does not allow %s, but only %s".formatted(rule, what, allowed);
  }

  private static String joined(List<?> allowed) {
    return allowed.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /**
   * Returns why a directory may not be deployed to, as it is named and as it is once symbolic links
   * above it are followed.
   *
   * @param dest an absolute, normalized path, which may not exist
   */
  public Optional<String> refusesDest(Path dest) {
    return refusesDest(dest, RealPath.of(dest));
  }

  /**
   * Returns why no deploy may go to {@code dest}.
   *
   * @param real the directory that it leads to, without symbolic links
   */
  public Optional<String> refusesDest(Path dest, Path real) {
    boolean allowed =
        dests.stream()
            .anyMatch(each -> dest.startsWith(each) && real.startsWith(RealPath.of(each)));
    if (dests.isEmpty() || allowed) {
      return Optional.empty();
    }
    String place = NativeText.text(dest);
    String shown = real.equals(dest) ? place : place + " (" + NativeText.text(real) + ")";
    return Optional.of(refusal("allow_dest", shown, joined(dests)));
  }

  /** Returns why an archive may not be deployed, by what it is going to be verified with. */
  public Optional<String> refusesChecksum(Optional<Digest> described) {
    if (checksum.isEmpty()
        || described
            .filter(digest -> digest.algorithm().compareTo(checksum.get()) >= 0)
            .isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "require_checksum asks for %s or stronger, and the manifest has %s"
            .formatted(
                checksum.get().name().toLowerCase(Locale.ROOT),
                described
                    .map(digest -> "only " + digest.algorithm().name().toLowerCase(Locale.ROOT))
                    .orElse("no checksum")));
  }

  /**
   * Returns why an archive may not be deployed, by its table of contents: contents that are fetched
   * by it are verified with SHA-256.
   */
  public Optional<String> refusesToc(Optional<Digest> toc) {
    return checksum.isEmpty()
            || toc.filter(digest -> digest.algorithm().compareTo(checksum.get()) < 0).isEmpty()
        ? Optional.empty()
        : Optional.of(
            "require_checksum asks for %s or stronger, and the manifest has a toc, by which contents are verified with %s; leave toc out of the manifest"
                .formatted(
                    checksum.get().name().toLowerCase(Locale.ROOT),
                    toc.get().algorithm().name().toLowerCase(Locale.ROOT)));
  }
}
