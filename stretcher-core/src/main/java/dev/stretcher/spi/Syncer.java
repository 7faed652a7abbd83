package dev.stretcher.spi;

import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.SyncRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes dest equal to a staged tree; chosen by the manifest's {@code sync_strategy}.
 *
 * <p>An implementation is thread-safe. It reports failure with an {@link IOException} whose message
 * says what could not be done and on which file. Found with {@link java.util.ServiceLoader}, or
 * given to the builder, which takes precedence.
 */
public interface Syncer {
  /** Where the engine stages the tree for a syncer. */
  enum Staging {
    /** In the directory that holds dest, so that a rename is enough to apply it. */
    BESIDE_DEST,

    /**
     * On the file system of dest, so that each of its files can be renamed into dest: beside dest
     * or, if dest is a mount point of its own, in dest, under a {@linkplain
     * dev.stretcher.file.ReservedNames reserved name}. The syncer must leave reserved names in dest
     * alone. The engine stages the tree elsewhere if it may not write there or finds little room.
     */
    ON_FILE_SYSTEM_OF_DEST,
    /** In the temporary directory, from which the syncer copies. */
    TEMPORARY_DIRECTORY
  }

  /** Returns the name by which manifests choose this syncer. */
  String name();

  /** Returns where trees are staged for this syncer. The default is beside dest. */
  default Staging staging() {
    return Staging.BESIDE_DEST;
  }

  /**
   * Tells whether dest is a symbolic link after a sync, which leads to a directory that this syncer
   * has made. That directory becomes a known dest, and has to be one that the policy of the host
   * allows: a deploy whose link leads elsewhere fails. The default is false: a dest that became a
   * link meanwhile makes the deploy fail, since someone else has made it.
   */
  default boolean makesLink() {
    return false;
  }

  /**
   * Says which of a manifest's rules this syncer does not support: those that {@link #sync} neither
   * heeds nor, in its output, declares to have no effect. The engine refuses a manifest with such a
   * rule, in a check and before anything is fetched, and then calls no other method but {@link
   * #name}. The default is all rules that the manifest gives, so that none is ignored because a
   * syncer does not know it. A syncer that supports some rules returns {@link
   * SyncRules#givenBesides} these, which includes the rules of later versions.
   */
  default Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.given();
  }

  /**
   * Checks whether {@link #sync} can work at all, before anything is downloaded.
   *
   * @throws IOException if {@code sync} cannot work, for example because a program is missing; the
   *     message names the remedy
   */
  default void check(SyncTarget target) throws IOException {}

  /**
   * Says which contents {@link #sync} will read, as far as that is known now. The others are not
   * staged: they are the {@linkplain StagedTree#omitted omitted} files of the tree. The engine uses
   * the answer while it fetches the archive, and dest may change before {@code sync} is called,
   * which then stages the missing files. The default is all contents.
   *
   * @throws IOException if dest cannot be examined; all contents are staged then
   */
  default ContentFilter needed(SyncTarget target) throws IOException {
    return ContentFilter.ALL;
  }

  /**
   * Says what {@link #sync} would do, without doing it. The tree may be used for a {@code sync}
   * afterwards. The default is empty: this syncer cannot tell.
   *
   * <p>It calls {@link SyncTarget#guard} as {@code sync} does. If the guard objects, the engine
   * says so after it has shown the plan.
   *
   * @throws java.nio.file.FileAlreadyExistsException if dest is in the way, as long as no {@code
   *     pre} command moves it away
   * @throws IOException if {@code sync} would fail for a reason that can be seen beforehand
   * @throws InterruptedException if the thread was interrupted
   */
  default Optional<SyncPlan> plan(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    return Optional.empty();
  }

  /** Names in a dest that a sync neither changes nor deletes. Thread-safe. */
  @FunctionalInterface
  interface LeftAlone {
    /** No names. */
    LeftAlone NONE = (path, directory) -> false;

    /**
     * Tells whether a name is left alone. What is in a directory that is left alone is, too.
     *
     * @param path relative to dest, not empty
     * @param directory whether it is a directory
     */
    boolean is(Path path, boolean directory);
  }

  /**
   * Says which names in dest {@link #sync} leaves alone, because a manifest excludes them, so that
   * dest can be compared with what was deployed. The default is empty: this syncer cannot tell.
   *
   * @param excludes the patterns of the manifest
   * @param excludeFrom the content of the archive's file of patterns; empty if it has none
   * @throws IOException if one of them is not a pattern
   */
  default Optional<LeftAlone> leftAlone(List<String> excludes, byte[] excludeFrom)
      throws IOException {
    return Optional.empty();
  }

  /**
   * Makes dest equal to {@code tree}. Before its first change in dest it calls {@link
   * SyncTarget#guard}, with what it would delete.
   *
   * <p>What it makes elsewhere than in dest, it brings to disk by {@link SyncTarget#disk}.
   *
   * <p>{@linkplain dev.stretcher.file.ReservedNames Reserved names} in dest belong to deploys to a
   * directory in it, and should stay.
   *
   * @throws IOException if the sync failed
   * @throws InterruptedException if the thread was interrupted; processes started for the sync are
   *     ended before the exception is thrown
   */
  SyncReport sync(StagedTree tree, SyncTarget target) throws IOException, InterruptedException;
}
