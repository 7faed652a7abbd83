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
  private final Compression compression;
  private final InputStream tar;
  private final Options limits;
  private long made;

  private Decompressor(
      GuardedInput source, Compression compression, InputStream tar, Options limits) {
    this.limits = limits;
    this.source = source;
    this.compression = compression;
    this.tar = tar;
  }

  /** Opens an archive; closing the result leaves {@code in} open. */
  public static Decompressor open(InputStream in, Decompressors choice, Options limits)
      throws IOException {
    GuardedInput source = new GuardedInput(in);
    byte[] head = source.head(BlockInput.BLOCK);
    Compression compression = Compression.of(head).orElseThrow(() -> unknown(head));
    Optional<ProgramInput> program = choice.open(compression, source);
    if (program.isPresent()) {
      return new Decompressor(source, compression, program.get(), limits);
    }
    try {
      return new Decompressor(source, compression, compression.open(source), limits);
    } catch (IOException e) {
      throw explained(e, source, compression);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IllegalStateException e) {
      throw ArchiveException.damaged(compression.toString(), e);
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
      throw explained(e, source, compression);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IllegalStateException e) {
      // Some decompressors of commons-compress trip over damaged data like this.
      throw ArchiveException.damaged(compression.toString(), e);
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
      IOException e, GuardedInput source, Compression compression) {
    @Nullable IOException failure = source.failure();
    if (failure != null) {
      return failure;
    }
    if (e.getCause() instanceof LinkageError) {
      return e;
    }
    if (e instanceof MemoryLimitException) {
      return ArchiveException.of(
          "the "
              + compression
              + " data need more memory than expected ("
              + e.getMessage()
              + "); compress the archive with a smaller dictionary");
    }
    return source.isEnded()
        ? ArchiveException.truncated(null, e)
        : ArchiveException.damaged(compression.toString(), e);
  }

  private static ArchiveException unknown(byte[] head) {
    return ArchiveException.of(
        "this is not an archive: "
            + Compression.describe(head)
            + "; expected a tar archive, plain or compressed with gzip, bzip2, xz, lzma, zstd or"
            + " compress; check what was uploaded");
  }
}
