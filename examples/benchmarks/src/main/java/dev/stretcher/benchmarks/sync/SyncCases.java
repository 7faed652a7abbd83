package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.TreeGenerator;
import dev.stretcher.benchmarks.data.TreeShape;
import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Makes the data of all cases. */
final class SyncCases {
  private static final long SEED = 20261123;

  /** One in a hundred files is changed. */
  private static final int STRIDE = 100;

  private final Path scratch;
  private final TreeShape application;
  private final TreeShape small;
  private final String amount;

  private SyncCases(Path scratch, double scale) {
    this.scratch = scratch;
    this.application = TreeShape.application(scale);
    this.small = TreeShape.smallFiles(scale);
    this.amount =
        String.format(Locale.ROOT, "%,d files, %.3g MB", application.files(), 360 * scale);
  }

  /** Writes the data below {@code scratch}, and returns the cases. */
  static List<SyncCase> in(Path scratch, double scale) throws IOException, InterruptedException {
    return new SyncCases(scratch, scale).make();
  }

  private List<SyncCase> make() throws IOException, InterruptedException {
    TreeGenerator generator = new TreeGenerator(SEED);
    Path version1 = scratch.resolve("application-1");
    Path version2 = scratch.resolve("application-2");
    Path many = scratch.resolve("small");
    generator.write(version1, application);
    generator.write(many, small);
    Disk.copy(version1, version2);
    generator.change(version2, application, STRIDE);
    return List.of(
        new NoChange("no change, " + amount, trees("no-change", version1)),
        new NoChange(smallName(), trees("no-change-small", many)),
        new SomeChanged("1 % changed of " + amount, trees("changed", version2), version1),
        new FirstCopy("first copy, " + amount, trees("first", version1).stagedWithin()));
  }

  private String smallName() {
    return String.format(Locale.ROOT, "no change, %,d small files", small.files());
  }

  private Trees trees(String name, Path reference) throws IOException {
    return Trees.in(Files.createDirectory(scratch.resolve(name)), reference);
  }
}
