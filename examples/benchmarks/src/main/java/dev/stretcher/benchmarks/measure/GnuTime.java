package dev.stretcher.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Measures the peak of the resident set as well, by GNU time. */
public record GnuTime(Path report) implements Stopwatch {
  private static final Path PROGRAM = Path.of("/usr/bin/time");

  /** Returns a stopwatch that measures memory if GNU time is there, and the time alone if not. */
  public static Stopwatch orWall(Path scratch) throws InterruptedException {
    GnuTime time = new GnuTime(scratch.resolve("peak"));
    try {
      time.time(List.of("true"));
      return time;
    } catch (IOException e) {
      System.err.println("Memory is not measured, because GNU time is missing: " + e.getMessage());
      return WALL;
    }
  }

  @Override
  public Sample time(List<String> command) throws IOException, InterruptedException {
    Stream<String> time = Stream.of(PROGRAM.toString(), "-f", "%M", "-o", report.toString());
    Sample sample = WALL.time(Stream.concat(time, command.stream()).toList());
    return sample.withPeak(Long.parseLong(Files.readString(report).strip()));
  }
}
