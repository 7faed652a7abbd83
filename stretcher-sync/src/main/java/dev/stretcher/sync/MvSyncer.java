package dev.stretcher.sync;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Renames the staged tree to dest, as {@code sync_strategy: mv} asks for.
 *
 * <p>Dest must not exist, unless as an empty directory, which <a
 * href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html">rename(2)</a>
 * replaces. Whether it exists is not checked before the archive is fetched, since a {@code pre}
 * command may move it away. Excludes, {@code compare} and {@code max_delete} have no effect, and
 * the output says so.
 *
 * <p>Stateless and thread-safe.
 */
public final class MvSyncer implements Syncer {
  private static final int OWNER_WRITE = 0200;

  private static final String MOUNTED =
      "it is a mount point, in whose place nothing can be renamed; deploy to a directory in it, or"
          + " use sync_strategy: tree";

  private static final String EXISTS =
      "it exists; move it away in a pre command, or use sync_strategy: tree";

  /** Creates the syncer. */
  public MvSyncer() {}

  @Override
  public String name() {
    return "mv";
  }

  /** Names no rule: the output says that they have no effect. */
  @Override
  public Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.givenBesides(
        RuleKeys.EXCLUDES, RuleKeys.EXCLUDE_FROM, RuleKeys.COMPARE, RuleKeys.MAX_DELETE);
  }

  @Override
  public Optional<LeftAlone> leftAlone(List<String> excludes, byte[] excludeFrom) {
    return Optional.of(LeftAlone.NONE);
  }

  @Override
  public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target) throws IOException {
    tellWhatHasNoEffect(target.rules(), target.output());
    if (isMounted(target.dest())) {
      throw new FileAlreadyExistsException(Printable.of(target.dest()), null, MOUNTED);
    }
    if (isInTheWay(target.dest())) {
      throw new FileAlreadyExistsException(Printable.of(target.dest()), null, EXISTS);
    }
    return Optional.empty();
  }

  private static boolean isInTheWay(Path dest) throws IOException {
    return Files.exists(dest, LinkOption.NOFOLLOW_LINKS) && !isEmpty(dest);
  }

  private static boolean isEmpty(Path dest) throws IOException {
    if (!Files.isDirectory(dest, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(dest)) {
      return !names.iterator().hasNext();
    }
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    tellWhatHasNoEffect(target.rules(), target.output());
    // What the rename is going to refuse must not count as made by a deploy.
    if (!isInTheWay(target.dest())) {
      target.guard().begin(() -> Deletions.NONE);
    }
    String rename = NativeText.text(tree.root()) + " to " + NativeText.text(target.dest());
    target.output().accept("mv: renaming " + rename);
    renameWritable(tree.place(), target.dest());
    return SyncReport.of("mv: renamed " + rename);
  }

  private static void tellWhatHasNoEffect(SyncRules rules, Consumer<String> output) {
    if (!rules.excludes().isEmpty() || rules.excludeFrom().isPresent()) {
      output.accept(
          "mv: excludes and exclude_from have no effect, because the whole tree is renamed;"
              + " sync_strategy: tree honours them");
    }
    if (rules.comparison() == Comparison.CHECKSUM || rules.maxDelete().isPresent()) {
      output.accept(
          "mv: compare and max_delete have no effect, because nothing is compared and nothing"
              + " deleted");
    }
  }

  /** A directory that moves to another parent gets another {@code ..}, so it must be writable. */
  private static void renameWritable(PinnedPlace tree, Path dest) throws IOException {
    try (PinnedPlace staged = tree.hold()) {
      Path root = staged.stable();
      if (Files.isWritable(root)) {
        rename(staged, dest);
        return;
      }
      int mode = (Integer) Files.getAttribute(root, "unix:mode");
      Files.setAttribute(root, "unix:mode", mode & 07777 | OWNER_WRITE);
      try (PinnedPlace renamed = rename(staged, dest).hold()) {
        Files.setAttribute(renamed.stable(), "unix:mode", mode & 07777);
      }
    }
  }

  private static PinnedPlace rename(PinnedPlace staged, Path dest) throws IOException {
    try {
      // On POSIX systems this is rename(2), which never replaces what is not an empty directory.
      return staged.moveTo(dest);
    } catch (IOException e) {
      throw new IOException(
          "mv: cannot rename to " + Printable.of(dest) + ": " + reason(e, dest), e);
    }
  }

  private static boolean isMounted(Path dest) {
    try {
      return PinnedPlace.look(dest).isDirectory()
          && PinnedPlace.look(dest).mountPoints().contains(Path.of(""));
    } catch (IOException e) {
      return false;
    }
  }

  private static String reason(IOException e, Path dest) {
    if (isMounted(dest)) {
      return MOUNTED;
    }
    if (e instanceof AtomicMoveNotSupportedException) {
      return "it is on another file system than the staged tree; use sync_strategy: tree";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied; let the user of this process write to its parent";
    }
    if (e instanceof NoSuchFileException) {
      return "its parent does not exist; create that first";
    }
    if (Files.exists(dest, LinkOption.NOFOLLOW_LINKS)) {
      return EXISTS;
    }
    return String.valueOf(
        e instanceof FileSystemException failure ? failure.getReason() : e.getMessage());
  }
}
