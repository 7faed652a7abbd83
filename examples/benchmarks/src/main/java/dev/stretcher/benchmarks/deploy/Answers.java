package dev.stretcher.benchmarks.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a server answered to one deploy.
 *
 * @param count how many answers
 * @param bytes the bytes of their bodies
 */
record Answers(int count, long bytes) {
  /** Returns what a log has, a line with status and bytes for each, and empties the log. */
  static Answers taken(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    // The server goes on to append to the same file.
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
    long bytes =
        lines.stream()
            .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
            .sum();
    return new Answers(lines.size(), bytes);
  }
}
