package dev.stretcher.benchmarks.inner;

import dev.stretcher.Stretcher;
import dev.stretcher.benchmarks.data.ReferenceArchive;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All that happens to an archive on its way from a source to a staged tree: fetch, digest, spool,
 * decompress, untar, stage. Dest has all contents, so that nothing is written but the spool. Its
 * slowest stage is {@code ArchiveBenchmark.inflate}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@org.openjdk.jmh.annotations.Measurement(iterations = 7, time = 2)
public class PipelineBenchmark {
  private static final URI MANIFEST = URI.create("memory:/app.yml");

  /** Multiplies files and bytes of the archive. */
  @Param("0.1")
  double scale;

  private byte[] archive = {};
  private byte[] manifest = {};
  private Path directory = Path.of("");

  /** Creates it without data, which {@link #read} makes. */
  public PipelineBenchmark() {}

  /** Makes the archive. */
  @Setup
  public void read() throws IOException, InterruptedException {
    archive = ReferenceArchive.read(scale);
    directory = Files.createTempDirectory("stretcher-pipeline-");
    manifest =
        "src: memory:/app.tar.gz\nchecksum: %s\ndest: %s\nsync_strategy: nothing\n"
            .formatted(DigestUtils.sha256Hex(archive), directory.resolve("dest"))
            .getBytes(StandardCharsets.UTF_8);
  }

  /** Removes what is left. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(directory);
  }

  /** One deploy, from the manifest to the staged tree. */
  @Benchmark
  public Object pipeline() throws StretcherException, InterruptedException {
    try (Stretcher stretcher =
        Stretcher.builder()
            .source(new Memory())
            .syncer(new Nothing())
            .options(Options.DEFAULT.with(Settings.DECOMPRESSOR, "java"))
            .build()) {
      return stretcher.deploy(MANIFEST);
    }
  }

  private final class Memory implements Source {
    @Override
    public Set<String> schemes() {
      return Set.of("memory");
    }

    @Override
    public Content open(URI uri, FetchRequest request) {
      byte[] object = uri.getPath().endsWith(".yml") ? manifest : archive;
      return Content.of(new ByteArrayInputStream(object));
    }
  }

  /** Needs nothing and does nothing. */
  private static final class Nothing implements Syncer {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public ContentFilter needed(SyncTarget target) {
      return entry -> false;
    }

    @Override
    public SyncReport sync(StagedTree tree, SyncTarget target) {
      return SyncReport.of("nothing");
    }
  }
}
