package dev.stretcher.examples;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code sync_strategy: swap} puts the whole new tree in the place of the old one by two renames,
 * and keeps the old one as {@code DEST.previous}, so that a bad version can be moved back by hand.
 * Nothing of the old tree is kept in the new one, so it heeds no rule, and says so by what {@link
 * Syncer#unsupported} is without an override: the engine refuses manifests that have one. Stateless
 * and thread-safe.
 */
public final class SwapSyncer implements Syncer {
  /** Creates the syncer. */
  public SwapSyncer() {}

  @Override
  public String name() {
    return "swap";
  }

  @Override
  public void check(SyncTarget target) throws IOException {
    if (Files.isSymbolicLink(target.dest())) {
      throw new IOException(target.dest() + " is a symbolic link; name the directory it points to");
    }
    if (Files.exists(target.dest()) && !Files.isDirectory(target.dest())) {
      throw new IOException(target.dest() + " is not a directory; move it away");
    }
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    check(target);
    tree.place().requireSame();
    target.place().requireSame();
    target.guard().begin(() -> deletions(tree.root(), target.dest()));
    target.output().accept("swap: " + tree.root() + " for " + target.dest());
    Path dest = target.dest();
    Path previous = dest.resolveSibling(dest.getFileName() + ".previous");
    remove(previous);
    boolean existed = Files.exists(dest, LinkOption.NOFOLLOW_LINKS);
    if (existed) {
      Files.move(dest, previous, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      tree.place().moveTo(dest);
    } catch (IOException e) {
      if (existed) {
        Files.move(previous, dest, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    return SyncReport.of(existed ? "swapped, the old tree is " + previous : "renamed to " + dest);
  }

  /** Counts the names of dest that the new tree does not have. */
  private static Deletions deletions(Path root, Path dest) throws IOException {
    if (!Files.exists(dest, LinkOption.NOFOLLOW_LINKS)) {
      return Deletions.NONE;
    }
    try (Stream<Path> names = Files.walk(dest)) {
      List<Path> present = names.skip(1).map(dest::relativize).toList();
      List<Path> gone =
          present.stream()
              .filter(name -> !Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS))
              .toList();
      return new Deletions(
          gone.size(), present.size(), gone.stream().limit(5).map(Path::toString).toList());
    }
  }

  private static void remove(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
