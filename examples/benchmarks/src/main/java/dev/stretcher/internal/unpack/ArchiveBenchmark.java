package dev.stretcher.internal.unpack;

import dev.stretcher.benchmarks.data.ReferenceArchive;
import dev.stretcher.internal.decompress.Decompressor;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.decompress.ReadAhead;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.tar.TarReader;
import dev.stretcher.option.Options;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The loops that every byte of an archive goes through, each alone: from memory, to nowhere.
 *
 * <p>It is in the package of what it measures, which is not public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 7, time = 2)
public class ArchiveBenchmark {
  private static final int CHUNK = 128 << 10;

  /** Multiplies files and bytes of the archive. */
  @Param("0.1")
  double scale;

  private byte[] packed = {};
  private byte[] tar = {};

  /** Creates it without data, which {@link #read} makes. */
  public ArchiveBenchmark() {}

  /** Makes the archive. */
  @Setup
  public void read() throws IOException, InterruptedException {
    packed = ReferenceArchive.read(scale);
    try (Decompressor in = open(packed)) {
      tar = in.readAllBytes();
    }
  }

  /** The digest of the archive, as it is verified. */
  @Benchmark
  public byte[] digest() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int position = 0; position < packed.length; position += CHUNK) {
      digest.update(packed, position, Math.min(CHUNK, packed.length - position));
    }
    return digest.digest();
  }

  /** The decompression by our own code. */
  @Benchmark
  public long inflate() throws IOException {
    try (Decompressor in = open(packed)) {
      return count(in);
    }
  }

  /** The reading of the entries and their contents, without decompression. */
  @Benchmark
  public long untar() throws IOException, InterruptedException {
    return untar(tar);
  }

  /** The decompression and, in another thread, the reading of the entries. */
  @Benchmark
  public long inflateAndUntar() throws IOException, InterruptedException {
    return untar(packed);
  }

  private static Decompressor open(byte[] archive) throws IOException {
    return Decompressor.open(
        new ByteArrayInputStream(archive), Decompressors.JAVA, Options.DEFAULT);
  }

  private static long count(InputStream in) throws IOException {
    byte[] buffer = new byte[CHUNK];
    long bytes = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      bytes += count;
    }
    return bytes;
  }

  private static long untar(byte[] archive) throws IOException, InterruptedException {
    try (Decompressor in = open(archive);
        ReadAhead ahead = ReadAhead.of(in)) {
      TarReader reader = new TarReader(ahead, Options.DEFAULT);
      long bytes = 0;
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        for (long left = entry.stored(); left > 0; ) {
          int count = reader.content(left).remaining();
          left -= count;
          bytes += count;
        }
      }
      return bytes;
    }
  }
}
