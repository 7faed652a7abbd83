package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.JvmFlags;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.benchmarks.measure.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our syncer, in a JVM that is started for it as the launcher does. */
record OwnProcess(String strategy, Stopwatch stopwatch) implements Contender {
  @Override
  public Sample run(Trees trees) throws IOException, InterruptedException {
    return stopwatch.time(command(trees));
  }

  private List<String> command(Trees trees) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.OF_THE_LAUNCHER);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SyncOnce.class.getName(), strategy));
    command.addAll(List.of(trees.staged().toString(), trees.dest().toString()));
    trees
        .source()
        .ifPresent(source -> command.addAll(List.of(SyncOnce.STAGE_FROM, source.toString())));
    return command;
  }
}
