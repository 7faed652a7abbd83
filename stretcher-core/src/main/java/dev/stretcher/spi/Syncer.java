package dev.stretcher.spi;

import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.SyncRules;
import java.io.IOException;
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
   * Says which of a manifest's rules {@link #sync} would neither heed nor say, in its output, to
   * have no effect. The engine refuses a manifest that has one of these, in a check and before
   * anything is fetched, and calls nothing else but {@link #name} then. The default is all that a
   * manifest gives: none is passed over because a syncer does not know it. A syncer that heeds some
   * returns {@link SyncRules#givenBesides} those, so that a rule of a later version is among the
   * others.
   */
  default Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.given();
  }

  /**
   * Checks whether {@link #sync} can work at all, before anything is downloaded.
   *
   * @throws IOException if it cannot, for example because a program is missing; the message names
   *     the remedy
   */
  default void check(SyncTarget target) throws IOException {}

  /**
   * Says which contents {@link #sync} will read, as far as it can be told now. The others are not
   * staged: they are the {@linkplain StagedTree#omitted omitted} files of the tree. The answer is
   * used while the archive is fetched, and dest may change until {@code sync} is called; it then
   * stages what is missing. The default is all of them.
   *
   * @throws IOException if dest cannot be examined; all contents are staged then
   */
  default ContentFilter needed(SyncTarget target) throws IOException {
    return entry -> true;
  }

  /**
   * Says what {@link #sync} would do, without doing it. The tree may be used for a {@code sync}
   * afterwards. The default is that this syncer cannot tell.
   *
   * <p>{@link SyncTarget#guard} is called as for a {@code sync}. What it has against one is told by
   * the engine once the plan was shown.
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

  /**
   * Makes dest equal to {@code tree}. Before its first change in dest it calls {@link
   * SyncTarget#guard}, with what it would delete.
   *
   * <p>{@linkplain dev.stretcher.file.ReservedNames Reserved names} in dest belong to deploys to a
   * directory in it, and should stay.
   *
   * @throws IOException if that failed
   * @throws InterruptedException if the thread was interrupted; processes started for the sync are
   *     ended before it is thrown
   */
  SyncReport sync(StagedTree tree, SyncTarget target) throws IOException, InterruptedException;
}
