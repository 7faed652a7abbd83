package dev.stretcher.spi;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a staged tree goes, and how the manifest and the operator want it there.
 *
 * @param dest an absolute path; it may not exist yet, its parent does
 * @param rules what the manifest says
 * @param verbosity how much is said of each file: 0 (a summary only) to 3
 * @param output takes what the sync says, line by line; thread-safe. Names need no care: the log
 *     shows control characters escaped
 * @param place the directory that the engine found at dest when it checked that dest is allowed; if
 *     dest is a link, the directory that it leads to; if dest did not exist, a place without a
 *     directory. A syncer deletes in no other directory. The engine holds it during a sync
 * @param guard the guard to call before anything is changed in dest
 * @param deploy the deploy that the sync is part of; empty where a syncer is called without one, as
 *     in its own tests
 * @param disk what brings to disk that which a syncer made elsewhere than in dest
 * @param known what is known of the contents of files in dest
 */
public record SyncTarget(
    Path dest,
    SyncRules rules,
    int verbosity,
    Consumer<String> output,
    PinnedPlace place,
    DeletionGuard guard,
    Optional<Deploy> deploy,
    Disk disk,
    KnownContents known) {

  /**
   * The deploy that a sync is part of, for a syncer that keeps several versions.
   *
   * @param id the ID of the deploy: {@code STRETCHER_DEPLOY_ID} of its commands, and in the ledger;
   *     that of the dry run for a plan; empty while a manifest is only checked
   * @param source where the archive comes from, as the manifest says it. It may have a password or
   *     a signature: show it by {@link RedactedUri} only
   * @param digest the digest that the manifest gives for the archive, which was verified before
   *     {@link Syncer#sync}; empty if a verifier of a plug-in stands for it
   */
  public record Deploy(Optional<String> id, URI source, Optional<Digest> digest) {
    /** Returns it as any record, but without what may be secret in the URL of the archive. */
    @Override
    public String toString() {
      return "Deploy[id=%s, source=%s, digest=%s]".formatted(id, RedactedUri.of(source), digest);
    }
  }

  /**
   * Brings to disk what a syncer made elsewhere than where the tree has it in dest: in a directory
   * beside dest, to which dest is going to lead, or in a directory of dest that the tree does not
   * have; as far as the operator wants that. The engine itself brings to disk the files of the tree
   * in dest after a sync, and the contents of a tree that was staged beside dest before it. What a
   * syncer changes in dest without a staged file, it brings to disk by {@link #flushChanged}.
   * Thread-safe.
   */
  public interface Disk {
    /** Does nothing. */
    Disk NONE =
        new Disk() {
          @Override
          public void flush(Path tree) {
            // Whoever calls a syncer without an engine wants nothing on disk.
          }

          @Override
          public void flushNames(Path directory) {
            // The same.
          }

          @Override
          public void flushChanged(Path tree, Collection<Path> names) {
            // The same.
          }
        };

    /**
     * Brings a directory to disk: its name, and everything in it. It is best called before a link
     * leads there. A path that is a link stands for the directory that it leads to.
     *
     * @throws IOException if the disk fails, or there is no such directory
     * @throws InterruptedException if the thread was interrupted
     */
    void flush(Path tree) throws IOException, InterruptedException;

    /**
     * Brings the names in a directory to disk, but not what is in them; after a link in it was
     * switched, or a name in it was removed. A path that is a link stands for the directory that it
     * leads to.
     *
     * @throws IOException if the disk fails, or there is no such directory
     * @throws InterruptedException if the thread was interrupted
     */
    void flushNames(Path directory) throws IOException, InterruptedException;

    /**
     * Brings changes to disk that left no trace in the staged tree: the names in directories, and
     * the attributes of files and directories. For a syncer that changes dest in place, after it
     * has done so; one call for all of them. A name that is not there any more is passed over, and
     * no link is followed.
     *
     * @param tree dest, or a directory elsewhere; a link stands for the directory that it leads to
     * @param names files and directories, relative to {@code tree}; empty is the tree itself
     * @throws IOException if the disk fails
     * @throws InterruptedException if the thread was interrupted
     */
    void flushChanged(Path tree, Collection<Path> names) throws IOException, InterruptedException;
  }

  /**
   * What is known of the contents of files in dest, since the deploy before this one put them there
   * from an archive that says their digests. It spares a syncer the reading and the engine the
   * fetching. Thread-safe.
   */
  @FunctionalInterface
  public interface KnownContents {
    /** Knows nothing. */
    KnownContents NONE = (path, size, modified) -> Optional.empty();

    /**
     * Returns the SHA-256 of the content that a file in dest has, if that deploy put one there and
     * the file has not been changed since, as far as its size and time tell.
     *
     * @param path relative to dest
     * @param size the bytes that the file has now
     * @param modified when the file was modified, as dest says it now
     */
    Optional<Digest> digest(Path path, long size, Instant modified);
  }

  /**
   * Creates a target for the directory that dest is now, without holding it, with a guard that
   * allows everything, and outside of any deploy.
   */
  public SyncTarget(Path dest, SyncRules rules, int verbosity, Consumer<String> output) {
    this(
        dest,
        rules,
        verbosity,
        output,
        PinnedPlace.look(followed(dest)),
        DeletionGuard.OPEN,
        Optional.empty(),
        Disk.NONE,
        KnownContents.NONE);
  }

  /** Returns this target for another place. */
  public SyncTarget withPlace(PinnedPlace other) {
    return new SyncTarget(dest, rules, verbosity, output, other, guard, deploy, disk, known);
  }

  /** Returns this target with another guard. */
  public SyncTarget withGuard(DeletionGuard other) {
    return new SyncTarget(dest, rules, verbosity, output, place, other, deploy, disk, known);
  }

  /** Returns this target as part of a deploy. */
  public SyncTarget withDeploy(Deploy other) {
    return new SyncTarget(
        dest, rules, verbosity, output, place, guard, Optional.of(other), disk, known);
  }

  /** Returns this target with what is known of the contents in dest. */
  public SyncTarget withKnown(KnownContents other) {
    return new SyncTarget(dest, rules, verbosity, output, place, guard, deploy, disk, other);
  }

  /** Returns this target with another way to disk. */
  public SyncTarget withDisk(Disk other) {
    return new SyncTarget(dest, rules, verbosity, output, place, guard, deploy, other, known);
  }

  private static Path followed(Path dest) {
    try {
      return Files.isDirectory(dest) ? dest.toRealPath() : dest;
    } catch (IOException e) {
      // It is going to fail with a better message.
      return dest;
    }
  }
}
