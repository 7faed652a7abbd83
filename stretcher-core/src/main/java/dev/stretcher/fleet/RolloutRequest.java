package dev.stretcher.fleet;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be desired of an app. Immutable.
 *
 * @param app the app
 * @param manifest its URL, with {@code #sha256=}
 * @param id what people call it
 * @param by who asks for it
 * @param rules in which order it reaches the hosts
 * @param signer signs it, for hosts that require a signature
 */
public record RolloutRequest(
    AppName app,
    URI manifest,
    String id,
    String by,
    RolloutRules rules,
    Optional<DesiredSigner> signer) {
  /** Refuses what is missing. */
  public RolloutRequest {
    Objects.requireNonNull(app, "app");
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(rules, "rules");
    Objects.requireNonNull(signer, "signer");
  }

  /** Asks for a manifest on all hosts at once, without a signature. */
  public RolloutRequest(AppName app, URI manifest, String id, String by) {
    this(app, manifest, id, by, RolloutRules.NONE, Optional.empty());
  }

  /** Returns it with rules. */
  public RolloutRequest with(RolloutRules newRules) {
    return new RolloutRequest(app, manifest, id, by, newRules, signer);
  }

  /** Returns it with who signs it. */
  public RolloutRequest signedBy(DesiredSigner newSigner) {
    return new RolloutRequest(app, manifest, id, by, rules, Optional.of(newSigner));
  }
}
