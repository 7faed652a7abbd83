package dev.stretcher.release;

import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A syncer that keeps each version in a directory of its own and switches a link between them: the
 * application sees all of one version, and the way back takes no download.
 *
 * <p>The engine calls it under the lock of dest, except for {@link #isAt}, {@link #list}, {@link
 * #link}, {@link #compare} and {@link #use}, which change nothing. A deploy is {@link #find} or
 * {@link #prepare}, {@link #activate}, the {@code post} and {@code health} commands, {@link #mark}
 * and {@link #prune}; a rollback is {@link #verify}, {@link #rollBackTo}, the commands of that
 * release, and {@link #mark} of both.
 *
 * <p>Killed at any moment, it leaves the link at one whole release, and the next call removes what
 * is unfinished. An implementation is thread-safe. It reports failure with an {@link IOException}
 * whose message says what could not be done, on which file, and the remedy.
 */
public interface ReleaseSyncer extends Syncer {
  /** Tells whether a directory has releases of this syncer, or some that it would adopt. */
  boolean isAt(Path dest) throws IOException;

  /**
   * Returns the link by which an application finds the live release; it need not exist.
   *
   * @param dest as a manifest names it
   */
  Path link(Path dest);

  /**
   * Returns the releases at a dest in the order in which deploys made them live by {@link
   * #activate}, the last one at the end. One that no deploy has made live has the place that it got
   * when it was made. Neither {@link #rollBackTo} nor {@link #mark} changes the order.
   *
   * @throws IOException if it cannot be known what they are
   */
  List<Release> list(Path dest) throws IOException;

  /** Returns what a release costs, and who uses it. */
  ReleaseUse use(Release release) throws IOException;

  /**
   * Returns a release that was made of the same archive under the same rules, is whole, and need
   * only be activated; one that was found to be bad only if the manifest names it.
   *
   * @param origin what the deploy would make; if the manifest gives no ID, that of the release
   *     which is found differs
   * @throws IOException if a release has the ID that the manifest gives, and was made of another
   *     archive or by other rules; or if a name that is to be shared is missing and may not be
   *     made: this is the last moment before the archive is fetched and commands run
   */
  Optional<Release> find(SyncTarget target, NewRelease origin)
      throws IOException, InterruptedException;

  /**
   * Makes a release of a tree, complete and on disk, which nobody sees yet.
   *
   * @throws IOException if the release could not be made; nothing of it is left
   * @throws InterruptedException if the thread was interrupted
   */
  Release prepare(StagedTree tree, SyncTarget target, NewRelease origin)
      throws IOException, InterruptedException;

  /**
   * Compares a release with what it was when it was made, without reading contents.
   *
   * @throws IOException if it is gone, or is not as it was; the message names some of the files
   */
  void verify(SyncTarget target, Release release) throws IOException, InterruptedException;

  /**
   * Says how a release differs from what it was when it was made, without reading contents. The
   * default is that this is not known.
   */
  default Optional<ReleaseComparison> compare(Path dest, Release release)
      throws IOException, InterruptedException {
    return Optional.empty();
  }

  /**
   * Makes a release live by one rename, for a deploy: it is the last one in the order of {@link
   * #list} from then on. One that was good stays good. Before it calls {@link SyncTarget#guard}. If
   * it fails, the release that was live before still is.
   */
  SyncReport activate(SyncTarget target, Release release) throws IOException, InterruptedException;

  /**
   * Does what {@link #activate} does, for a rollback: the release keeps its place in the order, so
   * that the next rollback leads further back.
   */
  SyncReport rollBackTo(SyncTarget target, Release release)
      throws IOException, InterruptedException;

  /**
   * Writes down what became of a release. One that is marked as bad and was good before stays
   * {@linkplain Release#proven() proven}.
   *
   * @param state {@link Release.State#GOOD} or {@link Release.State#BAD}
   */
  void mark(SyncTarget target, Release release, Release.State state)
      throws IOException, InterruptedException;

  /**
   * Removes releases that are too many, by the rules of the target, and what killed deploys left.
   * Stay: what is live, the good one before it in the order of {@link #list}, the last {@code keep}
   * good ones, the last bad one, the last prepared one, and what a process uses.
   *
   * @return the releases that are gone
   */
  List<Release> prune(SyncTarget target) throws IOException, InterruptedException;

  /**
   * {@inheritDoc}
   *
   * <p>The engine calls the steps one by one, and not this method.
   */
  @Override
  default SyncReport sync(StagedTree tree, SyncTarget target) throws IOException {
    throw new UnsupportedOperationException("a release is made by prepare and activate");
  }
}
