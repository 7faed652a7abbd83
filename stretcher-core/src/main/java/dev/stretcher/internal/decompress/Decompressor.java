package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.BlockInput;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.MemoryLimitException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a compressed archive, recognised by its content, into the tar stream in it.
 *
 * <p>Bad data are {@link ArchiveException}s; a failure to read them is passed on as it is.
 */
public final class Decompressor extends BulkInput {
  /** The bytes that any archive may unpack to, whatever the ratio. */
  private static final long FREE = 100_000_000;

  private final GuardedInput source;
  private final MemoryNeed need;
  private final InputStream tar;
  private final Decompressors choice;
  private final Options limits;
  private long made;

  private Decompressor(
      GuardedInput source, MemoryNeed need, InputStream tar, Decompressors choice, Options limits) {
    this.choice = choice;
    this.limits = limits;
    this.source = source;
    this.need = need;
    this.tar = tar;
  }

  /** Opens an archive; closing the result leaves {@code in} open. */
  public static Decompressor open(InputStream in, Decompressors choice, Options limits)
      throws IOException {
    GuardedInput source = new GuardedInput(in);
    byte[] head = source.head(BlockInput.BLOCK);
    Compression compression = Compression.of(head).orElseThrow(() -> unknown(head));
    MemoryNeed need = MemoryNeed.of(compression, head);
    need.require(limits);
    return new Decompressor(source, need, open(source, need, choice, limits), choice, limits);
  }

  private static InputStream open(
      GuardedInput source, MemoryNeed need, Decompressors choice, Options limits)
      throws IOException {
    Compression compression = need.compression();
    Optional<Decompressors.Program> program = choice.wanted(compression);
    if (program.isEmpty() && need.isMuchOfHeap()) {
      program = choice.instead(compression);
    }
    if (program.isPresent()) {
      return program.get().start(source, limits);
    }
    try {
      return compression.open(source, limits.get(Settings.MAX_DECOMPRESSOR_MEMORY));
    } catch (IOException e) {
      throw need.isTooMuchForJava()
          ? need.heapTooSmall(e, choice)
          : explained(e, source, need, limits);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IllegalStateException e) {
      throw ArchiveException.damaged(compression.toString(), e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e, need, choice);
    } catch (LinkageError e) {
      return choice.instead(compression).orElseThrow(() -> notLoaded(e)).start(source, limits);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = decompress(target, offset, length);
    made += Math.max(0, count);
    if (made > FREE && made / limits.get(Settings.MAX_RATIO) > source.consumed()) {
      throw ArchiveException.of(
          "it unpacks to %s bytes from its first %s, a ratio of %s, else check where it comes from"
              .formatted(made, source.consumed(), limits.exceeded(Settings.MAX_RATIO)));
    }
    return count;
  }

  private int decompress(byte[] target, int offset, int length) throws IOException {
    if (tar instanceof ProgramInput program) {
      return program.read(target, offset, length);
    }
    try {
      return tar.read(target, offset, length);
    } catch (IOException e) {
      throw explained(e, source, need, limits);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IllegalStateException e) {
      // Some decompressors of commons-compress trip over damaged data like this.
      throw ArchiveException.damaged(need.compression().toString(), e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e, need, choice);
    }
  }

  /** Ends a read of another thread that waits for a program. */
  void abort() {
    if (tar instanceof ProgramInput program) {
      program.abort();
    }
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private static IOException explained(
      IOException e, GuardedInput source, MemoryNeed need, Options limits) {
    @Nullable IOException failure = source.failure();
    if (failure != null) {
      return failure;
    }
    if (e instanceof ArchiveException) {
      return e;
    }
    if (e instanceof MemoryLimitException more) {
      return new MemoryNeed(need.compression(), more.getMemoryNeededInKb() * 1024).exceeded(limits);
    }
    if (need.compression() == Compression.ZSTD && ZstdInput.isMemory(e)) {
      return new MemoryNeed(need.compression(), 0).exceeded(limits);
    }
    return source.isEnded()
        ? ArchiveException.truncated(null, e)
        : ArchiveException.damaged(need.compression().toString(), e);
  }

  /** Tells a dictionary that is too large from a heap that is full of other things. */
  private static ArchiveException outOfMemory(
      OutOfMemoryError e, MemoryNeed need, Decompressors choice) {
    if (need.isMuchOfHeap()) {
      return need.heapTooSmall(e, choice);
    }
    if (need.compression() == Compression.XZ && isMuchFree()) {
      return need.heapTooSmallForPart(e);
    }
    throw e;
  }

  /** Where much is free, nothing but a dictionary finds no place. */
  private static boolean isMuchFree() {
    Runtime jvm = Runtime.getRuntime();
    long used = jvm.totalMemory() - jvm.freeMemory();
    return used < jvm.maxMemory() / 4 * 3;
  }

  private static DecompressorException notLoaded(LinkageError e) {
    return new DecompressorException(
        "zstd data cannot be decompressed: "
            + ZstdLibrary.whyNotLoaded(e)
            + "; or install the program zstd and use "
            + Settings.DECOMPRESSOR.mention("zstd")
            + "; or compress the archive with gzip or xz",
        e);
  }

  private static ArchiveException unknown(byte[] head) {
    return ArchiveException.of(
        "this is not an archive: "
            + Compression.describe(head)
            + "; expected a tar archive, plain or compressed with gzip, bzip2, xz, lzma, zstd or"
            + " compress; check what was uploaded");
  }
}
