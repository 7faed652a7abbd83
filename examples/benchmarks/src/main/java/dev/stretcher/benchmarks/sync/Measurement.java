package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.measure.Disk;
import dev.stretcher.benchmarks.measure.GnuTime;
import dev.stretcher.benchmarks.measure.Options;
import dev.stretcher.benchmarks.measure.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures all cases in a scratch directory. */
record Measurement(Options options, Path scratch) {
  List<CaseResult> run() throws IOException, InterruptedException {
    Contender warm = new InThisJvm(Deploy.syncer(options.strategy()));
    Stopwatch stopwatch = GnuTime.orWall(scratch);
    Contender process = new OwnProcess(options.strategy(), stopwatch);
    say("Writing the data below " + scratch);
    List<CaseResult> results = new ArrayList<>();
    for (SyncCase syncCase : SyncCases.in(scratch, options.scale())) {
      syncCase.setUp();
      results.add(
          new CaseResult(
              syncCase.name(),
              take(syncCase, "warm JVM", warm, new Rsync(Stopwatch.WALL)),
              take(syncCase, "whole process", process, new Rsync(stopwatch))));
      Disk.remove(syncCase.trees().directory());
    }
    return results;
  }

  private Comparison take(SyncCase syncCase, String how, Contender ours, Contender rsync)
      throws IOException, InterruptedException {
    say("Measuring: " + syncCase.name() + "; " + how);
    return new Turns(options.warmUps(), options.runs()).take(syncCase, ours, rsync);
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
