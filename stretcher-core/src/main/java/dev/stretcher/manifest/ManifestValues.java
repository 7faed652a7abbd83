package dev.stretcher.manifest;

import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a manifest, key by key, even if some are wrong: for a check, which uses the values
 * that are right. Immutable once they are read.
 */
public final class ManifestValues {
  private final IdentityHashMap<ManifestKey<?>, Object> right = new IdentityHashMap<>();
  private final IdentityHashMap<ManifestKey<?>, Boolean> wrong = new IdentityHashMap<>();

  ManifestValues() {}

  void put(ManifestKey<?> key, @Nullable Object value) {
    if (value != null) {
      right.put(key, value);
    }
  }

  void putWrong(ManifestKey<?> key) {
    wrong.put(key, true);
  }

  /** Returns the value of a key; empty if it is absent or wrong. */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> get(ManifestKey<T> key) {
    // Only what the key itself has read is put there.
    return Optional.ofNullable((T) right.get(key));
  }

  /**
   * Tells whether the manifest names an archive to deploy, even if it describes the archive
   * wrongly.
   */
  public boolean hasSrc() {
    return right.containsKey(ManifestKeys.SRC) || isWrong(ManifestKeys.SRC);
  }

  /** Returns where the archive goes, with defaults for wrong values; empty if dest is wrong. */
  public Optional<Manifest.Target> target() {
    return get(ManifestKeys.DEST).map(dest -> Manifest.Target.of(dest, this));
  }

  /** Returns the rules that a syncer has to heed, with defaults for wrong values. */
  public SyncRules rules() {
    return SyncRules.of(this);
  }

  /** Tells whether a key has a wrong value, or is absent although the manifest needs it. */
  public boolean isWrong(ManifestKey<?> key) {
    return wrong.containsKey(key);
  }
}
