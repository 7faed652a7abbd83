package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.DestCheck;
import dev.stretcher.benchmarks.data.Release;
import dev.stretcher.benchmarks.data.TreeGenerator;
import dev.stretcher.benchmarks.data.TreeShape;
import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Disk;
import dev.stretcher.benchmarks.measure.GnuTime;
import dev.stretcher.benchmarks.measure.JvmFlags;
import dev.stretcher.benchmarks.measure.Options;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.benchmarks.measure.Samples;
import dev.stretcher.benchmarks.measure.Stopwatch;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures whole deploys in a scratch directory. */
record DeployMeasurement(Options options, Path scratch) {
  /** What each deployer took for a case, in the order of the deployers. */
  record Result(String name, Map<String, Samples> samples) {}

  List<Result> run() throws IOException, InterruptedException {
    Files.createDirectory(scratch.resolve("tmp"));
    Path dest = scratch.resolve("dest");
    Stopwatch stopwatch = GnuTime.orWall(scratch);
    List<Result> results = new ArrayList<>();
    try (Nginx nginx = Nginx.start(scratch.resolve("nginx"))) {
      say("Writing the data below " + scratch);
      List<DeployCase> cases = cases(nginx.documents());
      List<Deployer> deployers = new Deployers(scratch, options.launcher(), nginx, dest).all();
      for (DeployCase each : cases) {
        say("Measuring: " + each.name());
        each.after().describe(nginx, dest);
        results.add(new Result(each.name(), measure(each, deployers, dest, stopwatch)));
      }
    }
    results.add(new Result("an empty JVM", Map.of("Java only", emptyJvm(stopwatch))));
    return results;
  }

  private List<DeployCase> cases(Path served) throws IOException, InterruptedException {
    TreeGenerator generator = TreeGenerator.application();
    Path first = scratch.resolve("v1");
    Path second = scratch.resolve("v2");
    generator.write(first, TreeShape.application(options.scale()));
    Disk.copy(first, second);
    generator.release(second, options.scaled(20), options.scaled(5), options.scaled(8));
    Path tiny = Files.createDirectory(scratch.resolve("tiny"));
    Files.writeString(tiny.resolve("file"), "a tiny file\n");
    Release v1 = Release.pack(first, served);
    Release v2 = Release.pack(second, served);
    return List.of(
        new DeployCase("first deploy", Optional.empty(), v1),
        new DeployCase("update", Optional.of(v1), v2),
        new DeployCase("no change", Optional.of(v2), v2),
        new DeployCase("a tiny archive", Optional.empty(), Release.pack(tiny, served)));
  }

  private Map<String, Samples> measure(
      DeployCase each, List<Deployer> deployers, Path dest, Stopwatch stopwatch)
      throws IOException, InterruptedException {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < options.warmUps() + options.runs(); round++) {
      for (Deployer deployer : deployers) {
        Sample sample = once(each, deployer, dest, stopwatch, round == 0);
        if (round >= options.warmUps()) {
          samples.computeIfAbsent(deployer.name(), name -> new ArrayList<>()).add(sample);
        }
      }
    }
    Map<String, Samples> counted = new LinkedHashMap<>();
    samples.forEach((name, list) -> counted.put(name, new Samples(list)));
    return counted;
  }

  private Sample once(
      DeployCase each, Deployer deployer, Path dest, Stopwatch stopwatch, boolean contents)
      throws IOException, InterruptedException {
    if (each.before().isPresent()) {
      Disk.mirror(each.before().get().tree(), dest);
    } else {
      Disk.remove(dest);
    }
    Disk.flush();
    Sample sample = stopwatch.time(deployer.deploy().command(each.after()));
    Trees trees = new Trees(scratch, each.after().tree(), Optional.empty());
    if (contents) {
      DestCheck.contents(trees);
    } else {
      DestCheck.attributes(trees);
    }
    return sample;
  }

  private Samples emptyJvm(Stopwatch stopwatch) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.OF_THE_LAUNCHER);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Empty.class.getName()));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < options.runs(); i++) {
      samples.add(stopwatch.time(command));
    }
    return new Samples(samples);
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
