package dev.stretcher.manifest;

import java.util.Optional;

/**
 * A key of a manifest that says how dest becomes equal to the archive, which a syncer has to heed
 * or to refuse, see {@code Syncer.unsupported}.
 *
 * @param <T> what its value is read as
 */
public abstract class RuleKey<T> extends ManifestKey<T> {
  RuleKey(String name, String type, String standard) {
    super(name, type, standard);
  }

  @Override
  public final Optional<T> of(Manifest manifest) {
    return manifest.payload().flatMap(payload -> in(payload.target().rules()));
  }

  /** Returns the value in some rules; empty if it is the value that an absent key means. */
  public abstract Optional<T> in(SyncRules rules);
}
