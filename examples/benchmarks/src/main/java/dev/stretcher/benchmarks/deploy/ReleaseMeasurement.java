package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.DestCheck;
import dev.stretcher.benchmarks.data.Release;
import dev.stretcher.benchmarks.data.TreeGenerator;
import dev.stretcher.benchmarks.data.TreeShape;
import dev.stretcher.benchmarks.measure.Disk;
import dev.stretcher.benchmarks.measure.Options;
import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.benchmarks.measure.Samples;
import dev.stretcher.benchmarks.measure.Stopwatch;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures updates and rollbacks by {@code release} beside deploys by {@code tree}. */
record ReleaseMeasurement(Options options, Path scratch) {
  private static final String RULES = "sync_strategy: release\n";

  /**
   * What was found for a case.
   *
   * @param disk how many bytes more the releases take after it
   */
  record Result(String name, Samples ours, Samples tree, long disk) {}

  List<Result> run() throws IOException, InterruptedException {
    Files.createDirectory(scratch.resolve("tmp"));
    try (Nginx nginx = Nginx.startCounting(scratch.resolve("nginx"))) {
      Path dest = scratch.resolve("dest");
      Path releases = scratch.resolve("releases");
      Deployers deployers = new Deployers(scratch, options.launcher(), nginx, dest);
      deployers.prepare();
      System.err.println("Writing the data below " + scratch);
      Side tree = new Side(deployers, dest, "");
      Side release = new Side(deployers, releases, RULES);
      Versions large = versions("large", options.scale(), nginx, tree, release);
      Versions tiny = versions("tiny", 0, nginx, tree, release);
      return List.of(
          update("update, TOC", large, tree, release, false),
          update("the same, after `stretcher fetch`", large, tree, release, true),
          update("a tiny archive", tiny, tree, release, false),
          rollback("rollback without commands, beside a tiny deploy", large, tiny, tree, release));
    }
  }

  /** Two versions of an application, as each side deploys them. */
  private record Versions(Two byTree, Two byRelease) {}

  private record Two(Release old, Release fresh) {}

  /** A dest, and how it is deployed to. */
  private record Side(Deployers deployers, Path dest, String rules) {
    Release described(Release release, Nginx nginx) throws IOException {
      Release own = release.named((rules.isEmpty() ? "tree-" : "release-") + release.name());
      own.describe(nginx, dest, rules);
      return own;
    }

    List<String> deploy(Release release) {
      return deployers.agentFor(release);
    }

    List<String> fetch(Release release) {
      return deployers.remembering("fetch", deployers.nginx().url(release.name() + ".yml"));
    }

    List<String> rollback() {
      return deployers.remembering("rollback", dest.toString());
    }

    Path live() {
      return dest.resolve("current");
    }

    long bytes() throws IOException, InterruptedException {
      return Long.parseLong(
          Program.run("du", "-s", "-B1", dest.toString()).replaceFirst("\\s.*\\s*", ""));
    }
  }

  private Versions versions(String name, double scale, Nginx nginx, Side tree, Side release)
      throws IOException, InterruptedException {
    Path first = scratch.resolve(name + "-v1");
    Path second = scratch.resolve(name + "-v2");
    if (scale > 0) {
      TreeGenerator generator = TreeGenerator.application();
      generator.write(first, TreeShape.application(scale));
      Disk.copy(first, second);
      generator.release(second, options.scaled(20), options.scaled(5), options.scaled(8));
    } else {
      Files.createDirectories(first.resolve("bin"));
      Files.writeString(first.resolve("bin/run"), "1");
      Disk.copy(first, second);
      Files.writeString(second.resolve("bin/run"), "two");
    }
    List<String> agent = tree.deployers().agent();
    Release old = Release.packWithToc(first, nginx.documents(), agent, ".tar.gz");
    Release fresh = Release.packWithToc(second, nginx.documents(), agent, ".tar.gz");
    return new Versions(
        new Two(tree.described(old, nginx), tree.described(fresh, nginx)),
        new Two(release.described(old, nginx), release.described(fresh, nginx)));
  }

  private Result update(String name, Versions versions, Side tree, Side release, boolean fetched)
      throws IOException, InterruptedException {
    System.err.println("Measuring: " + name);
    List<Sample> ours = new ArrayList<>();
    List<Sample> byTree = new ArrayList<>();
    long disk = 0;
    for (int i = 0; i < options.warmUps() + options.runs(); i++) {
      long before = begin(release, versions.byRelease().old());
      if (fetched) {
        Program.run(release.fetch(versions.byRelease().fresh()));
      }
      Disk.flush();
      ours.add(Stopwatch.WALL.time(release.deploy(versions.byRelease().fresh())));
      disk = release.bytes() - before;
      DestCheck.contents(versions.byRelease().fresh().tree(), release.live());
      begin(tree, versions.byTree().old());
      Disk.flush();
      byTree.add(Stopwatch.WALL.time(tree.deploy(versions.byTree().fresh())));
    }
    return result(name, ours, byTree, disk);
  }

  private Result rollback(String name, Versions versions, Versions tiny, Side tree, Side release)
      throws IOException, InterruptedException {
    System.err.println("Measuring: " + name);
    List<Sample> ours = new ArrayList<>();
    List<Sample> byTree = new ArrayList<>();
    for (int i = 0; i < options.warmUps() + options.runs(); i++) {
      begin(release, versions.byRelease().old());
      Program.run(release.deploy(versions.byRelease().fresh()));
      Disk.flush();
      ours.add(Stopwatch.WALL.time(release.rollback()));
      DestCheck.contents(versions.byRelease().old().tree(), release.live());
      begin(tree, tiny.byTree().old());
      Disk.flush();
      byTree.add(Stopwatch.WALL.time(tree.deploy(tiny.byTree().fresh())));
    }
    return result(name, ours, byTree, 0);
  }

  /** Deploys a version to a dest that is not there; returns how many bytes it takes. */
  private static long begin(Side side, Release old) throws IOException, InterruptedException {
    Disk.remove(side.dest());
    Program.run(side.deploy(old));
    return side.bytes();
  }

  private Result result(String name, List<Sample> ours, List<Sample> tree, long disk) {
    int first = options.warmUps();
    return new Result(
        name,
        new Samples(ours.subList(first, ours.size())),
        new Samples(tree.subList(first, tree.size())),
        disk);
  }
}
