package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.DestCheck;
import dev.stretcher.benchmarks.data.Release;
import dev.stretcher.benchmarks.data.TreeGenerator;
import dev.stretcher.benchmarks.data.TreeShape;
import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Disk;
import dev.stretcher.benchmarks.measure.GnuTime;
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
import java.util.Optional;

/**
 * Measures deploys of archives with a table of contents, and of zstd archives, beside the steps in
 * shell on the same tree, whose archive is always a {@code tar.gz}.
 */
record TocMeasurement(Options options, Path scratch) {
  /**
   * What was found for a case.
   *
   * @param answers what the server answered to our last deploy
   */
  record Result(String name, Samples ours, Samples shell, Answers answers) {}

  List<Result> run() throws IOException, InterruptedException {
    Files.createDirectory(scratch.resolve("tmp"));
    Path dest = scratch.resolve("dest");
    List<Result> results = new ArrayList<>();
    try (Nginx nginx = Nginx.startCounting(scratch.resolve("nginx"));
        WarmAgent warm = WarmAgent.create(nginx, state())) {
      Deployers deployers = new Deployers(scratch, options.launcher(), nginx, dest);
      deployers.prepare();
      System.err.println("Writing the data below " + scratch);
      Round round = new Round(deployers, dest, GnuTime.orWall(scratch));
      try (ResidentAgent agent = ResidentAgent.start(deployers.remembering(), scratch, nginx)) {
        for (TocCase each : cases(round, nginx, warm, agent)) {
          System.err.println("Measuring: " + each.name());
          results.add(measure(each, round));
        }
      }
    }
    return results;
  }

  private Path state() {
    return scratch.resolve("state");
  }

  private List<TocCase> cases(Round round, Nginx nginx, WarmAgent warm, ResidentAgent agent)
      throws IOException, InterruptedException {
    TreeGenerator generator = TreeGenerator.application();
    Path first = scratch.resolve("v1");
    Path second = scratch.resolve("v2");
    Path fresh = scratch.resolve("v2-fresh");
    generator.write(first, TreeShape.application(options.scale()));
    Disk.copy(first, second);
    generator.release(second, options.scaled(20), options.scaled(5), options.scaled(8));
    Disk.copy(second, fresh);
    // As a build from a fresh checkout does.
    Program.run("find", fresh.toString(), "-exec", "touch", "-d", "2027-01-01", "{}", "+");
    Packing packing = new Packing(nginx, round.dest(), round.deployers().agent());
    Release shell = packing.plain(second);
    Optional<Release> gzip = Optional.of(packing.toc(first, ".tar.gz"));
    Optional<Release> zstd = Optional.of(packing.toc(first, ".tar.zst"));
    Release update = packing.toc(second, ".tar.gz");
    TocCase.OurDeploy process = release -> round.agent(release);
    return List.of(
        new TocCase("update, TOC, tar.gz", gzip, update, shell, process),
        new TocCase("update, TOC, tar.zst", zstd, packing.toc(second, ".tar.zst"), shell, process),
        new TocCase(
            "update, TOC, tar.gz, every time new",
            gzip,
            packing.toc(fresh, ".tar.gz"),
            packing.plain(fresh),
            process),
        new TocCase("update, TOC, tar.gz, warm JVM", gzip, update, shell, warm::deploy),
        new TocCase("update, TOC, tar.gz, resident agent", gzip, update, shell, agent::deploy),
        new TocCase("update, plain tar.gz", gzip, shell, shell, process),
        new TocCase("update, plain tar.gz, resident agent", gzip, shell, shell, agent::deploy),
        new TocCase("update, plain tar.zst", zstd, packing.zstd(second), shell, process),
        new TocCase("first deploy, TOC, tar.gz", Optional.empty(), update, shell, process),
        new TocCase(
            "first deploy, plain tar.zst, --fsync=off",
            Optional.empty(),
            packing.zstd(second),
            shell,
            release -> round.agent(release, "--fsync=off")));
  }

  /** Packs trees for the server, each once, and describes them. */
  private record Packing(Nginx nginx, Path dest, List<String> agent) {
    Release plain(Path tree) throws IOException, InterruptedException {
      return described(Release.pack(tree, nginx.documents()));
    }

    Release zstd(Path tree) throws IOException, InterruptedException {
      return described(Release.packZstd(tree, nginx.documents()));
    }

    Release toc(Path tree, String suffix) throws IOException, InterruptedException {
      return described(Release.packWithToc(tree, nginx.documents(), agent, suffix));
    }

    private Release described(Release release) throws IOException {
      release.describe(nginx, dest);
      return release;
    }
  }

  /** What each round needs. */
  private record Round(Deployers deployers, Path dest, Stopwatch stopwatch) {
    Sample agent(Release release, String... flags) throws IOException, InterruptedException {
      return stopwatch.time(deployers.agentFor(release, flags));
    }

    Sample shell(Release release) throws IOException, InterruptedException {
      return stopwatch.time(deployers.shell().deploy().command(release));
    }

    /** Makes dest what a deploy of that release by our agent leaves. */
    void begin(Optional<Release> before) throws IOException, InterruptedException {
      if (before.isPresent()) {
        Program.run(deployers.agentFor(before.get()));
      } else {
        Disk.remove(dest);
      }
      Disk.flush();
    }
  }

  private Result measure(TocCase each, Round round) throws IOException, InterruptedException {
    Path log = scratch.resolve("nginx/answers.log");
    List<Sample> ours = new ArrayList<>();
    List<Sample> shell = new ArrayList<>();
    Answers answers = new Answers(0, 0);
    for (int i = 0; i < options.warmUps() + options.runs(); i++) {
      round.begin(each.before());
      Answers.taken(log);
      ours.add(each.ours().of(each.after()));
      answers = Answers.taken(log);
      check(each, i == 0);
      round.begin(each.before());
      shell.add(round.shell(each.shell()));
      check(each, false);
    }
    int first = options.warmUps();
    return new Result(
        each.name(),
        new Samples(ours.subList(first, ours.size())),
        new Samples(shell.subList(first, shell.size())),
        answers);
  }

  private void check(TocCase each, boolean contents) throws IOException, InterruptedException {
    Trees trees = new Trees(scratch, each.after().tree(), Optional.empty());
    if (contents) {
      DestCheck.contents(trees);
    } else {
      DestCheck.attributes(trees);
    }
  }
}
