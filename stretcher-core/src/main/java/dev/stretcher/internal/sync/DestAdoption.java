package dev.stretcher.internal.sync;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.event.LedgerStep;
import dev.stretcher.internal.plugin.ReleaseDest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.DeletionGuard;
import dev.stretcher.spi.Deletions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a deploy whose dest is a slip from emptying a directory that no deploy has made. Dests that
 * deploys have made are remembered by their real path, before the first change; see {@code
 * docs/adr/0027-a-dest-is-known-by-its-path.md}.
 */
final class DestAdoption {
  private static final String WAYS =
      "a dry run shows what it would do. If dest is right, deploy once with "
          + Settings.ADOPT.mention()
          + ", or give the manifest a max_delete; for many hosts, configure that setting until"
          + " each has deployed";

  private static final String RELEASES =
      "use the sync_strategy that made them, or another dest. If they are to go, deploy once with "
          + Settings.ADOPT.mention();

  private final Engine engine;
  private final LedgerStep ledger;
  private final Path dest;
  private final boolean anyDest;
  private boolean adopted;

  DestAdoption(Engine engine, Reporter reporter, Manifest.Target target, Path dest) {
    this.engine = engine;
    this.ledger = new LedgerStep(engine, reporter);
    this.dest = dest;
    this.anyDest = engine.options().get(Settings.ADOPT) || target.rules().maxDelete().isPresent();
  }

  /** No deploy has made this dest, and most of it would be deleted. */
  static final class UnknownDestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    private UnknownDestException(String message, String remedy) {
      super(message);
      this.remedy = remedy;
    }

    String remedy() {
      return remedy;
    }
  }

  /** Lets a sync begin if dest is known or may become known; from then on it is known. */
  void adopt(DeletionGuard.Count count) throws IOException, InterruptedException {
    Path real = RealPath.of(dest);
    requireNoReleases(real, count);
    if (!ledger.remembers(real)) {
      require(real, count);
      ledger.remember(real);
    }
    adopted = true;
    // The last moment before dest is changed.
    Interrupts.requireNone();
  }

  /** Records that a deploy has made dest, even if the syncer did not call the guard. */
  void made() {
    if (!adopted) {
      ledger.remember(RealPath.of(dest));
    }
  }

  /**
   * Records where dest, a link that the syncer has made, leads now: the next deploy begins there.
   */
  void madeLink(Path link) {
    ledger.remember(RealPath.of(link));
  }

  /** Refuses a sync that could not begin. */
  void require(DeletionGuard.Count count) throws IOException, InterruptedException {
    Path real = RealPath.of(dest);
    requireNoReleases(real, count);
    if (!ledger.remembers(real)) {
      require(real, count);
    }
  }

  /** A strategy that is a slip would take what is live away, and all ways back. */
  private void requireNoReleases(Path real, DeletionGuard.Count count)
      throws IOException, InterruptedException {
    if (!anyDest && ReleaseDest.isOne(engine.plugins(), real)) {
      Deletions deletions = count.deletions();
      if (deletions.names() > 0) {
        throw new UnknownDestException(
            "this dest keeps releases, and this deploy would delete %s of the %s names in it, such as %s; dest is as it was"
                .formatted(
                    deletions.names(),
                    deletions.present(),
                    String.join(", ", deletions.examples())),
            RELEASES);
      }
    }
  }

  /** The cheap checks come first. */
  private void require(Path real, DeletionGuard.Count count)
      throws IOException, InterruptedException {
    if (!anyDest && !isEmpty(real) && !ledger.hasSucceeded(real)) {
      Deletions deletions = count.deletions();
      if (deletions.areMost()) {
        throw refusal(deletions);
      }
    }
  }

  private static boolean isEmpty(Path real) throws IOException {
    if (!Files.isDirectory(real)) {
      return true;
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(real)) {
      return !names.iterator().hasNext();
    }
  }

  private UnknownDestException refusal(Deletions deletions) {
    String message =
        "%s, and this one would delete %s of the %s names in it, such as %s; dest is as it was"
            .formatted(
                ledger.isKept()
                    ? "no deploy has made this dest"
                    : "no ledger is kept that could tell whether a deploy has made this dest",
                deletions.names(),
                deletions.present(),
                String.join(", ", deletions.examples()));
    String remedy = ledger.isKept() ? WAYS : WAYS + ", or keep a ledger";
    return new UnknownDestException(message, remedy);
  }
}
