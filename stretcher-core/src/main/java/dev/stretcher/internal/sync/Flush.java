package dev.stretcher.internal.sync;

import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import dev.stretcher.process.Interrupts;
import dev.stretcher.process.SearchPath;
import dev.stretcher.process.Workers;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Brings written files to disk, see fsync(2). If there are many, flushes the whole file system at
 * once, by {@code sync -f} of the coreutils, which is syncfs(2).
 */
public final class Flush {
  /** From here on, one syncfs is faster than an fsync for each. */
  private static final int MANY = 1000;

  private static final String SYNC = "sync";
  private static final Path PARENT = Path.of("..");

  /** A journal writes the changes of several waiting threads at once. */
  private static final int THREADS = 8;

  private final List<Path> files = new ArrayList<>();
  private final List<Path> directories = new ArrayList<>();
  private final Map<String, String> environment;

  /** Whether there are directories that their owner may not list. */
  private boolean closed;

  /** Whether all files and directories are kept; more than many are of use only one by one. */
  private final boolean complete;

  private Flush(Map<String, String> environment) {
    this.environment = environment;
    this.complete = SearchPath.of(environment).find(SYNC).isEmpty();
  }

  /**
   * Returns the files below {@code root}, to be flushed there or in the place that they are going
   * to be moved to.
   *
   * @param environment has the PATH on which {@code sync} is looked for
   */
  public static Flush of(Path root, Map<String, String> environment) throws IOException {
    Flush flush = new Flush(environment);
    flush.look(root, Integer.MAX_VALUE);
    return flush;
  }

  /** Flushes all that is below {@code root}, and its name. */
  public static void tree(Path root, Map<String, String> environment)
      throws IOException, InterruptedException {
    Flush flush = new Flush(environment);
    flush.look(root, flush.complete ? Integer.MAX_VALUE : MANY);
    if (flush.needsSyncfs(flush.files.size() + flush.directories.size()) && flush.syncfs(root)) {
      flush.each(root, List.of(PARENT));
    } else {
      flush.contents(root);
      flush.names(root);
    }
  }

  /**
   * Finds the files and directories below {@code root}.
   *
   * @param most how many are enough
   */
  private void look(Path root, int most) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return add(path, directories);
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (e instanceof AccessDeniedException) {
              closed = true;
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            return attributes.isRegularFile() ? add(path, files) : FileVisitResult.CONTINUE;
          }

          private FileVisitResult add(Path path, List<Path> paths) {
            if (complete || paths.size() < MANY) {
              paths.add(root.relativize(path));
            }
            return files.size() + directories.size() < most
                ? FileVisitResult.CONTINUE
                : FileVisitResult.TERMINATE;
          }
        });
  }

  /** Tells whether so many files are flushed by their whole file system, if that can be done. */
  private boolean needsSyncfs(int count) {
    return count >= MANY || closed;
  }

  /** Flushes the contents of the files, which are below {@code root}. */
  public void contents(Path root) throws IOException, InterruptedException {
    flush(root, files);
  }

  /** Flushes the names in the directories, which are below {@code root}, and that of root. */
  public void names(Path root) throws IOException, InterruptedException {
    List<Path> all = new ArrayList<>(directories);
    all.add(PARENT);
    flush(root, all);
  }

  /** Flushes some files below {@code root}. */
  public static void files(Path root, Collection<Path> files, Map<String, String> environment)
      throws IOException, InterruptedException {
    new Flush(environment).flush(root, files);
  }

  /** Flushes the whole file system of {@code path}. */
  public static void fileSystem(Path path, Map<String, String> environment)
      throws IOException, InterruptedException {
    if (!new Flush(environment).syncfs(path)) {
      throw new IOException("there is no program 'sync' in PATH; install the coreutils");
    }
  }

  private void flush(Path root, Collection<Path> paths) throws IOException, InterruptedException {
    if (needsSyncfs(paths.size()) && syncfs(root)) {
      return;
    }
    if (paths.size() >= MANY && !complete) {
      throw new IOException("the program 'sync' in PATH cannot be run; reinstall the coreutils");
    }
    each(root, paths);
  }

  /** Returns false if there is no program for it. */
  private boolean syncfs(Path path) throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    int status;
    try {
      status =
          ChildProcess.run(
              Command.of(List.of(SYNC, "-f", path.toString()))
                  .withInherited(environment)
                  .withOutput(said::add));
    } catch (IOException e) {
      return false;
    }
    if (status != 0) {
      throw new FileSystemException(
          path.toString(), null, "sync -f failed: " + String.join(" ", said));
    }
    return true;
  }

  private void each(Path root, Collection<Path> paths) throws IOException, InterruptedException {
    if (paths.size() > THREADS) {
      new Workers("stretcher-fsync", THREADS)
          .forEach(List.copyOf(paths), path -> fsync(root, path));
      return;
    }
    // Threads are not worth their start for a few.
    for (Path path : paths) {
      fsync(root, path);
    }
  }

  private void fsync(Path root, Path name) throws IOException, InterruptedException {
    Path path = root.resolve(name);
    // A pipe, which someone may have put there, would not open.
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // An exclude kept it away, or someone removed it.
    } catch (AccessDeniedException e) {
      // A file that its owner may not read.
      syncfs(root);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      Interrupts.rethrow(e);
      FileSystemException named =
          new FileSystemException(NativeText.text(path), null, e.getMessage());
      named.initCause(e);
      throw named;
    }
  }
}
