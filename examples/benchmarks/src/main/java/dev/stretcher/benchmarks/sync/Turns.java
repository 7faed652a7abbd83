package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.DestCheck;
import dev.stretcher.benchmarks.measure.Disk;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.benchmarks.measure.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets two contenders run in turn, so that whatever else the machine does meets both.
 *
 * @param warmUps rounds that are not counted
 * @param runs rounds that are
 */
record Turns(int warmUps, int runs) {
  /** Runs a case that is set up. */
  Comparison take(SyncCase syncCase, Contender ours, Contender rsync)
      throws IOException, InterruptedException {
    List<Sample> first = new ArrayList<>();
    List<Sample> second = new ArrayList<>();
    for (int round = 0; round < warmUps + runs; round++) {
      first.add(turn(syncCase, ours, round));
      second.add(turn(syncCase, rsync, round));
    }
    return new Comparison(counted(first), counted(second));
  }

  private static Sample turn(SyncCase syncCase, Contender contender, int round)
      throws IOException, InterruptedException {
    syncCase.reset();
    Disk.flush();
    Sample sample = contender.run(syncCase.trees());
    if (round == 0) {
      DestCheck.contents(syncCase.trees());
    } else {
      DestCheck.attributes(syncCase.trees());
    }
    return sample;
  }

  private Samples counted(List<Sample> samples) {
    return new Samples(samples.subList(warmUps, samples.size()));
  }
}
