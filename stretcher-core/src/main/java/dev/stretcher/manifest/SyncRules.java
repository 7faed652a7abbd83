package dev.stretcher.manifest;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The rules of a manifest for the sync that makes dest equal to the tree. Immutable.
 *
 * @param excludes patterns of names that are neither changed nor deleted, in the language of
 *     rsync(1), "FILTER RULES"
 * @param excludeFrom a file with such patterns, relative to the staged root and inside of it; they
 *     come before {@code excludes}
 * @param comparison when a file counts as unchanged
 * @param maxDelete a sync that would delete more than this is refused; empty is no limit
 * @param release for a syncer that keeps releases
 */
public record SyncRules(
    List<String> excludes,
    Optional<Path> excludeFrom,
    Comparison comparison,
    OptionalLong maxDelete,
    ReleaseRules release) {
  /** No excludes, the quick check, no limit. */
  public static final SyncRules DEFAULT = excluding(List.of());

  /** Creates rules for a syncer that keeps no releases. */
  public SyncRules(
      List<String> excludes,
      Optional<Path> excludeFrom,
      Comparison comparison,
      OptionalLong maxDelete) {
    this(excludes, excludeFrom, comparison, maxDelete, ReleaseRules.DEFAULT);
  }

  /** Copies the list. */
  public SyncRules {
    excludes = List.copyOf(excludes);
  }

  /** Returns the default rules with {@code excludes}. */
  public static SyncRules excluding(List<String> excludes) {
    return new SyncRules(excludes, Optional.empty(), Comparison.QUICK, OptionalLong.empty());
  }

  /** Returns the rules of a manifest. */
  static SyncRules of(ManifestValues values) {
    Optional<Long> maxDelete = values.get(RuleKeys.MAX_DELETE);
    return new SyncRules(
        values.get(RuleKeys.EXCLUDES).orElse(List.of()),
        values.get(RuleKeys.EXCLUDE_FROM),
        values.get(RuleKeys.COMPARE).orElse(Comparison.QUICK),
        maxDelete.isPresent() ? OptionalLong.of(maxDelete.get()) : OptionalLong.empty(),
        values.get(RuleKeys.RELEASE).orElse(ReleaseRules.DEFAULT));
  }

  /** Returns the keys whose value differs from that of an absent key. */
  public Set<RuleKey<?>> given() {
    return givenBesides();
  }

  /** Returns the keys whose value differs from that of an absent key, without {@code known}. */
  public Set<RuleKey<?>> givenBesides(RuleKey<?>... known) {
    Set<RuleKey<?>> given = new LinkedHashSet<>();
    for (RuleKey<?> key : RuleKeys.ALL) {
      if (key.in(this).isPresent()) {
        given.add(key);
      }
    }
    for (RuleKey<?> key : known) {
      given.remove(key);
    }
    return given;
  }

  /**
   * Returns these rules without a file of patterns, for a caller that does not have the archive
   * yet.
   */
  public SyncRules withoutExcludeFrom() {
    return new SyncRules(excludes, Optional.empty(), comparison, maxDelete, release);
  }

  /** Returns these rules with a file of patterns. */
  public SyncRules withExcludeFrom(Path file) {
    return new SyncRules(excludes, Optional.of(file), comparison, maxDelete, release);
  }

  /** Returns these rules with other patterns of names that the sync does not touch. */
  public SyncRules withExcludes(String... patterns) {
    return new SyncRules(List.of(patterns), excludeFrom, comparison, maxDelete, release);
  }

  /** Returns these rules with another comparison. */
  public SyncRules withComparison(Comparison other) {
    return new SyncRules(excludes, excludeFrom, other, maxDelete, release);
  }

  /** Returns these rules with a limit of deletions. */
  public SyncRules withMaxDelete(long limit) {
    return new SyncRules(excludes, excludeFrom, comparison, OptionalLong.of(limit), release);
  }

  /** Returns these rules with others for a syncer that keeps releases. */
  public SyncRules withRelease(ReleaseRules other) {
    return new SyncRules(excludes, excludeFrom, comparison, maxDelete, other);
  }
}
