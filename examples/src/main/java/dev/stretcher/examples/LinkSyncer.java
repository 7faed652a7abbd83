package dev.stretcher.examples;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * {@code sync_strategy: link} gives each version a directory of its own in {@code DEST.versions},
 * named by the deploy, and lets dest be a link to it: an application sees all of one version. What
 * is old is left to be removed by hand. Stateless and thread-safe.
 */
public final class LinkSyncer implements Syncer {
  /** Creates the syncer. */
  public LinkSyncer() {}

  @Override
  public String name() {
    return "link";
  }

  @Override
  public boolean makesLink() {
    return true;
  }

  @Override
  public void check(SyncTarget target) throws IOException {
    if (Files.exists(target.dest(), LinkOption.NOFOLLOW_LINKS)
        && !Files.isSymbolicLink(target.dest())) {
      throw new FileAlreadyExistsException(
          target.dest() + "", null, "it is no link; move it away, so that a link can be there");
    }
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    check(target);
    target.guard().begin(() -> Deletions.NONE);
    Path dest = target.dest();
    Path versions = dest.resolveSibling(dest.getFileName() + ".versions");
    // A link that a command has put there would lead the files to another place.
    if (!Files.isDirectory(versions, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(versions);
    }
    Path version = versions.resolve(name(target));
    tree.place().moveTo(version);
    // A link that outlasts a failure of the power must not lead to what does not.
    target.disk().flush(version);
    Path link = versions.resolve(version.getFileName() + ".link");
    Files.createSymbolicLink(link, Path.of(versions.getFileName() + "/" + version.getFileName()));
    Files.move(link, dest, StandardCopyOption.ATOMIC_MOVE);
    target.disk().flushNames(dest.resolveSibling(""));
    target.output().accept("link: " + dest + " -> " + version);
    return SyncReport.of("linked to " + version.getFileName());
  }

  private static String name(SyncTarget target) {
    return target
        .deploy()
        .flatMap(SyncTarget.Deploy::id)
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
