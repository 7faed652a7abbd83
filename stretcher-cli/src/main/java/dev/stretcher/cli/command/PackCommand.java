package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.log.PackProgress;
import dev.stretcher.cli.print.OutputFormat;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.pack.PackException;
import dev.stretcher.pack.PackOwner;
import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import dev.stretcher.sync.Excludes;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Packs a directory, and prints what a manifest says of the archive. */
final class PackCommand implements Command {
  private static final int MOST_THREADS = 256;
  private static final int HIGHEST_LEVEL = 19;

  private static final Setting<String> OUTPUT =
      CommandFlag.text(
          "output", "FILE", "The archive: a name in .tar.gz, .tgz or .tar.zst. Also -o FILE.");

  private static final Setting<List<String>> EXCLUDE =
      CommandFlag.texts(
          "exclude",
          "PATTERN",
          "Leave out the names that match, as a manifest's excludes do. May be repeated.");

  private static final Setting<String> OWNER =
      CommandFlag.of(
          "owner",
          Kinds.name("USER:GROUP", ""),
          "0:0",
          "The owner of all files, by names or numbers; keep, the numbers that they have.");

  private static final Setting<Integer> LEVEL =
      CommandFlag.of(
          "level",
          Kinds.INT.between(0, HIGHEST_LEVEL),
          0,
          "How hard to compress: 1 to 9 for gzip, 1 to 19 for zstd; 0 is their usual 6 and 3.");

  private static final Setting<Integer> THREADS =
      CommandFlag.of(
          "threads",
          Kinds.INT.between(0, MOST_THREADS),
          0,
          "How many threads compress; 0 is one for each processor.");

  /** Also that of {@link VerifyCommand}. */
  static final Setting<OutputFormat> FORMAT =
      CommandFlag.of(
          "format",
          Kinds.oneOf(OutputFormat.values()),
          OutputFormat.TEXT,
          "What is printed: text, lines for people and manifests; json, an object.");

  @Override
  public String name() {
    return "pack";
  }

  @Override
  public String parameter() {
    return "DIR";
  }

  @Override
  public String summary() {
    return "Makes an archive, and its lines of a manifest.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(OUTPUT, EXCLUDE, OWNER, LEVEL, THREADS, FORMAT);
  }

  /** It runs where archives are made, and a script has to know whether one was. */
  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public boolean readsConfiguration() {
    return false;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Pack a directory, without its source maps.",
            "stretcher pack -o shop-1.4.2.tar.gz --exclude='*.map' build/shop"));
  }

  @Override
  public int run(Invocation invocation) throws UsageException {
    Path directory = NativeText.path(invocation.requireParameter());
    Options options = invocation.options();
    if (options.get(OUTPUT).isEmpty()) {
      throw new UsageException("Missing option: " + Flag.usage(OUTPUT));
    }
    Path output = NativeText.path(options.get(OUTPUT));
    Packer packer = packer(directory, options);
    long start = System.nanoTime();
    try {
      Packed packed = pack(packer, output, invocation);
      print(packed, options.get(FORMAT), invocation.out());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      invocation.err().println(summary(packed, output, took));
      return 0;
    } catch (PackException e) {
      invocation.err().println("stretcher: " + Printable.line(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      invocation.err().println("stretcher: cancelled; nothing was packed");
    }
    return 1;
  }

  private static Packer packer(Path directory, Options options) {
    int threads = options.get(THREADS);
    Packer packer =
        Packer.of(directory)
            .excluding(Excludes.of(options.get(EXCLUDE))::excludes)
            .withOwner(PackOwner.parse(options.get(OWNER)))
            .withLevel(options.get(LEVEL));
    return threads == 0 ? packer : packer.withThreads(threads);
  }

  private static Packed pack(Packer packer, Path output, Invocation invocation)
      throws PackException, InterruptedException {
    boolean terminal = invocation.surroundings().terminal();
    try (PackProgress progress =
        new PackProgress(invocation.surroundings().err(), terminal, System::nanoTime)) {
      return packer.withListener(progress).pack(output);
    }
  }

  private static void print(Packed packed, OutputFormat format, PrintStream out) {
    if (format == OutputFormat.JSON) {
      out.println(
          "{\"checksum\":\"%s\",\"toc\":\"%s\",\"entries\":%s,\"bytes\":%s,\"length\":%s}"
              .formatted(
                  packed.checksum(),
                  packed.toc(),
                  packed.entries(),
                  packed.bytes(),
                  packed.length()));
    } else {
      out.println("checksum: " + packed.checksum());
      out.println("toc: " + packed.toc());
    }
  }

  private static String summary(Packed packed, Path output, Duration took) {
    return String.format(
        Locale.ROOT,
        "Packed %s in %,d entries into %s, %s, in %.1f s",
        ByteSize.format(packed.bytes()),
        packed.entries(),
        Printable.of(output),
        ByteSize.format(packed.length()),
        took.toMillis() / 1000.0);
  }
}
