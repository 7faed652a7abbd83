package dev.stretcher.internal.sync;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.deployed.DeployedExcludes;
import dev.stretcher.internal.deployed.DeployedToc;
import dev.stretcher.internal.deployed.DeployedTocs;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.option.Options;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
  private record Known(Path dest, KnownContents contents) {}

  /**
   * A sync that is done.
   *
   * @param dest its real path
   * @param patterns the content of the archive's file of patterns, byte by byte as Latin-1
   */
  private record Synced(Path dest, String patterns) {}

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
        ? (path, size, modified) -> known(dest).digest(path, size, modified)
        : KnownContents.NONE;
  }

  /** A link may lead elsewhere after the {@code pre} commands, and then it is another dest. */
  private synchronized KnownContents known(Path dest) {
    Known now = known;
    if (now == null || !now.dest().equals(dest)) {
      now = new Known(dest, find(RealPath.of(dest)));
      known = now;
    }
    return now.contents();
  }

  private KnownContents find(Path real) {
    Optional<DeployedToc> deployed = tocs.find(real);
    return deployed.isPresent() && leavesTheSame(deployed.get().excludes())
        ? tocs.known(deployed.get())
        : KnownContents.NONE;
  }

  /** A file that was excluded has not come from the archive, whatever its size and time are. */
  private boolean leavesTheSame(DeployedExcludes before) {
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

  /** Takes note that a sync has made dest equal to the archive. */
  synchronized void synced(Path dest, String patterns) {
    synced = new Synced(RealPath.of(dest), patterns);
  }

  /** Keeps what is in dest now, once that is on disk. */
  synchronized void keep() {
    if (toc != null && synced != null && !syncer.makesLink()) {
      tocs.keep(
          new DeployedToc(
              synced.dest(),
              new DeployedExcludes(syncer.name(), rules.excludes(), synced.patterns()),
              DeployedToc.Attributes.ofThisProcess(),
              toc));
    }
  }
}
