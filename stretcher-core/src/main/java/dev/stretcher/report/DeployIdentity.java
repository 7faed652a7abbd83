package dev.stretcher.report;

import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The deploy that a report belongs to, as far as it is known when it is reported.
 *
 * @param id the deploy's id: the same in all its reports, in its commands ({@code
 *     STRETCHER_DEPLOY_ID}) and in the ledger; empty for events outside of a deploy
 * @param manifest where the manifest is, once that is known; it may have secrets, see {@link
 *     RedactedUri}
 * @param dest the directory that is deployed to, once the manifest was read, if it has one
 */
public record DeployIdentity(Optional<String> id, Optional<URI> manifest, Optional<Path> dest) {
  /** The identity of events outside of a deploy. */
  public static final DeployIdentity NONE =
      new DeployIdentity(Optional.empty(), Optional.empty(), Optional.empty());

  /** Returns the identity of a deploy of which nothing else is known yet. */
  public static DeployIdentity of(String id) {
    return new DeployIdentity(Optional.of(id), Optional.empty(), Optional.empty());
  }

  /** Returns this identity with the place of its manifest. */
  public DeployIdentity withManifest(URI uri) {
    return new DeployIdentity(id, Optional.of(uri), dest);
  }

  /** Returns this identity with the dest of its manifest. */
  public DeployIdentity withDest(Optional<Path> other) {
    return new DeployIdentity(id, manifest, other);
  }

  /** Returns it as any record, but without what may be secret in the URL of the manifest. */
  @Override
  public String toString() {
    return "DeployIdentity[id=%s, manifest=%s, dest=%s]"
        .formatted(id, manifest.map(RedactedUri::of), dest);
  }
}
