package dev.stretcher.pack;

import dev.stretcher.internal.decompress.ZstdLibrary;
import dev.stretcher.process.Interrupts;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Packs a directory into an archive: an ordinary tar, compressed with gzip or zstd, that GNU tar
 * and the like unpack, and in which a deploy finds what changed without fetching the rest.
 *
 * <p>The archive has the files, directories, symbolic links, hard links, named pipes and devices of
 * the tree, with their modes and modification times. Sockets and files that may not be read are
 * refused, and so is a tree that changes meanwhile. The same tree gives the same bytes, whoever
 * packs it, when, where, and with how many threads; another version of zlib or zstd may give
 * others.
 *
 * <p>Immutable and thread-safe; each {@link #pack} is a run of its own.
 */
public final class Packer {
  private static final int MOST_THREADS = 256;

  private final Path directory;
  private final PackFilter filter;
  private final PackOwner owner;
  private final int level;
  private final int threads;
  private final PackListener listener;

  private Packer(
      Path directory,
      PackFilter filter,
      PackOwner owner,
      int level,
      int threads,
      PackListener listener) {
    this.directory = directory;
    this.filter = filter;
    this.owner = owner;
    this.level = level;
    this.threads = threads;
    this.listener = listener;
  }

  /** Returns a packer of a directory, in which all files will belong to the user and group 0. */
  public static Packer of(Path directory) {
    return new Packer(
        Objects.requireNonNull(directory),
        PackFilter.NONE,
        PackOwner.ROOT,
        0,
        Runtime.getRuntime().availableProcessors(),
        PackListener.NONE);
  }

  /** Returns the same packer with names that it leaves out; by default none. */
  public Packer excluding(PackFilter filter) {
    Objects.requireNonNull(filter);
    return new Packer(directory, filter, owner, level, threads, listener);
  }

  /** Returns the same packer with another owner of the files; by default {@link PackOwner#ROOT}. */
  public Packer withOwner(PackOwner owner) {
    Objects.requireNonNull(owner);
    return new Packer(directory, filter, owner, level, threads, listener);
  }

  /**
   * Returns the same packer with another level of compression.
   *
   * @param level 1 to 9 for gzip, 1 to 19 for zstd; 0, the default, is 6 for gzip and 3 for zstd
   */
  public Packer withLevel(int level) {
    if (level < 0) {
      throw new IllegalArgumentException("the level is %s, expected 0 or more".formatted(level));
    }
    return new Packer(directory, filter, owner, level, threads, listener);
  }

  /**
   * Returns the same packer with another number of threads that compress. Fewer are used if the
   * memory of the JVM has no room for them, 3 MiB for each.
   *
   * @param threads 1 to 256; by default as many as there are processors
   */
  public Packer withThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "%s threads, expected 1 to %s".formatted(threads, MOST_THREADS));
    }
    return new Packer(directory, filter, owner, level, threads, listener);
  }

  /** Returns the same packer with something that hears of its progress; by default nothing does. */
  public Packer withListener(PackListener listener) {
    Objects.requireNonNull(listener);
    return new Packer(directory, filter, owner, level, threads, listener);
  }

  /**
   * Packs the directory. The archive has its name only once it is complete and on disk; whatever
   * goes wrong, nothing is left behind, and a file of that name stays as it was.
   *
   * @param output the archive, whose name ends in {@code .tar.gz}, {@code .tgz} or {@code
   *     .tar.zst}; not in the directory
   * @throws PackException if the tree cannot be packed, or the archive cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public Packed pack(Path output) throws PackException, InterruptedException {
    try {
      return packInto(output);
    } catch (IOException e) {
      Interrupts.rethrow(e);
      throw explained(e, output);
    } catch (LinkageError e) {
      throw new PackException(
          "cannot compress with zstd: %s; or let the name of the archive end in .tar.gz"
              .formatted(ZstdLibrary.whyNotLoaded(e)),
          e);
    }
  }

  private Packed packInto(Path output) throws IOException, InterruptedException {
    ArchiveFormat format = ArchiveFormat.of(output);
    int chosen = format.level(level);
    if (!Files.isDirectory(directory)) {
      throw new PackException(
          "'%s' is not a directory; name the directory that is to be packed"
              .formatted(text(directory)));
    }
    Path root = directory.toRealPath();
    try (OutputFile file = OutputFile.begin(output, root)) {
      return new PackRun(this, format, chosen, file).run(root);
    }
  }

  private PackException explained(IOException e, Path output) {
    if (e instanceof PackException known) {
      return known;
    }
    if (e instanceof FileSystemException named && named.getFile() != null) {
      String reason = Objects.requireNonNullElse(named.getReason(), e.getClass().getSimpleName());
      return new PackException(
          "'%s': %s".formatted(Printable.of(named.getFile()), Printable.of(reason)), e);
    }
    return new PackException(
        "cannot pack '%s' into '%s': %s"
            .formatted(text(directory), text(output), Printable.of(String.valueOf(e.getMessage()))),
        e);
  }

  private static String text(Path path) {
    return Printable.of(path);
  }

  PackFilter filter() {
    return filter;
  }

  PackOwner owner() {
    return owner;
  }

  int threads() {
    return threads;
  }

  PackListener listener() {
    return listener;
  }
}
