package dev.stretcher.internal.sync;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.deployed.DeployedExcludes;
import dev.stretcher.internal.deployed.DeployedToc;
import dev.stretcher.internal.deployed.DeployedTocs;
import dev.stretcher.internal.deployed.FilesByContent;
import dev.stretcher.internal.deployed.KnownFiles;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.option.Options;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * What dest is known to contain: before a sync by the table of contents of the last deploy, after
 * it by that of this one. One for each deploy; thread-safe.
 */
final class DeployedContents {
  private final DeployedTocs tocs;
  private final Options limits;
  private final Syncer syncer;
  private final SyncRules rules;
  private @Nullable Toc toc;
  private @Nullable Known known;
  private @Nullable Synced synced;

  DeployedContents(Engine engine, Reporter reporter, Syncer syncer, SyncRules rules) {
    this.tocs = new DeployedTocs(engine, reporter);
    this.limits = engine.options();
    this.syncer = syncer;
    this.rules = rules;
  }

  /** What is known of a directory. */
  private record Known(Path dest, Optional<KnownFiles> files) {}

  /**
   * A sync that is done.
   *
   * @param dest its real path
   * @param excludes what it has left alone
   */
  private record Synced(Path dest, DeployedExcludes excludes) {}

  /** Says which table of contents the archive has. */
  synchronized void expect(Toc arrived) {
    if (toc != null && toc.digest().equals(arrived.digest())) {
      return;
    }
    toc = arrived;
    // Whether the archive's patterns are the same could not be known before.
    known = null;
  }

  /** Says that there is none that is worth keeping. */
  synchronized void expectNone() {
    toc = null;
  }

  /** Returns what is known of the files in a dest; nothing is read before somebody asks. */
  KnownContents of(Path dest) {
    return tocs.isKept()
        ? (path, size, modified) -> known(dest).flatMap(files -> files.digest(path, size, modified))
        : KnownContents.NONE;
  }

  /**
   * Returns a tree whose omitted files can be compared with what a dest is known to have: with
   * their digests. A file of the same size and time may have another content.
   */
  synchronized StagedTree comparable(StagedTree tree, Path dest) {
    Toc of = toc;
    return of == null || tree.omitted().isEmpty() || known(dest).isEmpty()
        ? tree
        : new StagedTree(tree.place(), new DigestedFiles(tree.omitted(), () -> said(dest, of)));
  }

  private KnownContents said(Path dest, Toc of) {
    return tocs.known(dest, of).<KnownContents>map(files -> files).orElse(KnownContents.NONE);
  }

  /** Looks for files in a dest by what they contain. */
  void find(Path dest, FilesByContent.Search search) throws IOException, InterruptedException {
    Optional<KnownFiles> files = known(dest);
    if (files.isPresent()) {
      files.get().find(search);
    }
  }

  /** A link may lead elsewhere after the {@code pre} commands, and then it is another dest. */
  private synchronized Optional<KnownFiles> known(Path dest) {
    Known now = known;
    if (now == null || !now.dest().equals(dest)) {
      now = new Known(dest, find(RealPath.of(dest)));
      known = now;
    }
    return now.files();
  }

  private Optional<KnownFiles> find(Path real) {
    Optional<DeployedToc> deployed = tocs.find(real);
    return deployed.isPresent() && leavesTheSame(deployed.get().excludes())
        ? tocs.known(real, deployed.get().toc())
        : Optional.empty();
  }

  /** A file that was excluded has not come from the archive, whatever its size and time are. */
  private boolean leavesTheSame(DeployedExcludes before) {
    if (syncer instanceof ReleaseSyncer) {
      // Each release is a directory of its own, in which nothing was left alone; what is shared is
      // in none of them.
      return before.strategy().equals(syncer.name());
    }
    return before.patterns().equals(rules.excludes())
        && (rules.excludeFrom().isEmpty()
            ? before.file().isEmpty()
            : toc != null
                && isContent(
                    rules.excludeFrom().get(),
                    before.file().getBytes(StandardCharsets.ISO_8859_1),
                    toc));
  }

  private boolean isContent(Path path, byte[] content, Toc of) {
    try (TocEntries entries = new TocEntries(of, Contents.NONE, limits)) {
      boolean same = false;
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (entry.path().equals(path)) {
          same =
              entry.size() == content.length
                  && (content.length == 0
                      || entries
                          .digest()
                          .orElseThrow()
                          .hex()
                          .equals(DigestUtils.sha256Hex(content)));
        }
      }
      return same;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      // Whoever asks will notice at the next step.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Forgets what the last deploy left, before anything of it is changed. */
  void forget(Path dest) {
    tocs.forget(RealPath.of(dest));
  }

  /**
   * Takes note that a sync has made dest equal to the archive.
   *
   * @param patterns the content of the archive's file of patterns, byte by byte as Latin-1
   */
  synchronized void synced(Path dest, String patterns) {
    synced =
        new Synced(
            RealPath.of(dest), new DeployedExcludes(syncer.name(), rules.excludes(), patterns));
  }

  /**
   * Takes note that a release was made of the archive; the names that it shares are not its own.
   */
  synchronized void released(Path directory) {
    List<String> shared =
        rules.release().shared().stream().map(each -> NativeText.text(each.path())).toList();
    synced = new Synced(RealPath.of(directory), new DeployedExcludes(syncer.name(), shared, ""));
  }

  /** Keeps what is in dest now, once that is on disk. */
  synchronized void keep() {
    if (toc != null && synced != null && !syncer.makesLink()) {
      tocs.keep(
          new DeployedToc(
              synced.dest(), synced.excludes(), DeployedToc.Attributes.ofThisProcess(), toc));
    }
  }
}
