package dev.stretcher.manifest;

import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a manifest, key by key, also if some of it is wrong: for a check, which looks at
 * what is right. Immutable once it is read.
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

  /** Tells whether there is an archive to deploy, if only one that is described wrongly. */
  public boolean hasSrc() {
    return right.containsKey(ManifestKeys.SRC) || isWrong(ManifestKeys.SRC);
  }

  /** Returns where the archive goes, with defaults for what is wrong; empty if dest is. */
  public Optional<Manifest.Target> target() {
    return get(ManifestKeys.DEST).map(dest -> Manifest.Target.of(dest, this));
  }

  /** Returns what a syncer has to heed, with defaults for what is wrong. */
  public SyncRules rules() {
    return SyncRules.of(this);
  }

  /**
   * Tells whether a key is there with a value that is not one for it, or lacks one that it needs.
   */
  public boolean isWrong(ManifestKey<?> key) {
    return wrong.containsKey(key);
  }
}
