package dev.stretcher.benchmarks.inner;

import dev.stretcher.benchmarks.data.TreeGenerator;
import dev.stretcher.benchmarks.data.TreeShape;
import dev.stretcher.benchmarks.measure.ScratchDirectory;
import dev.stretcher.benchmarks.sync.Deploy;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** What it costs to find that dest has a file already, beside the bare system calls. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@org.openjdk.jmh.annotations.Measurement(iterations = 7, time = 2)
public class ListingBenchmark {
  /** Multiplies the files of dest. */
  @Param("1.0")
  double scale;

  private Optional<ScratchDirectory> scratch = Optional.empty();
  private Path dest = Path.of("");
  private List<Entry> entries = List.of();

  /** Creates it without data, which {@link #write} makes. */
  public ListingBenchmark() {}

  /** Makes dest, and the entries of an archive of it. */
  @Setup
  public void write() throws IOException {
    ScratchDirectory made = ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")));
    scratch = Optional.of(made);
    dest = made.path().resolve("dest");
    TreeShape application = TreeShape.application(scale);
    TreeShape empty =
        new TreeShape(
            application.files(), application.directories(), (count, random) -> new long[count]);
    new TreeGenerator(1).write(dest, empty);
    entries = entries();
  }

  /** Removes dest. */
  @TearDown
  public void remove() throws IOException {
    if (scratch.isPresent()) {
      scratch.get().close();
    }
  }

  /** One lstat for each file, and nothing else. */
  @Benchmark
  public long lstat() throws IOException {
    long bytes = 0;
    for (Entry entry : entries) {
      Path file = dest.resolve(entry.path());
      bytes += attributes(file).size();
    }
    return bytes;
  }

  /** A walk that lists the directories, and one lstat for each file. */
  @Benchmark
  public long walk() throws IOException {
    try (Stream<Path> files = Files.walk(dest)) {
      return files.count();
    }
  }

  /** What the syncer {@code tree} says of each entry. */
  @Benchmark
  public int needed() throws IOException {
    SyncTarget target = new SyncTarget(dest, SyncRules.DEFAULT, 0, line -> {});
    ContentFilter needed = Deploy.syncer("tree").needed(target);
    int count = 0;
    for (Entry entry : entries) {
      count += needed.needs(entry) ? 1 : 0;
    }
    return count;
  }

  private List<Entry> entries() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(dest)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<Entry> described = new ArrayList<>();
    for (Path file : files) {
      BasicFileAttributes attributes = attributes(file);
      described.add(
          new Entry(
              dest.relativize(file),
              EntryType.FILE,
              new FileMode(0644),
              attributes.size(),
              attributes.lastModifiedTime().toInstant(),
              Optional.empty()));
    }
    return described;
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
