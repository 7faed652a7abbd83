package dev.stretcher.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A deploy in a process of its own, whose log tells where it is. */
final class WatchedDeploy {
  private final Process process;
  private final List<String> marks;
  private final List<CompletableFuture<Long>> reached = new ArrayList<>();
  private final Thread reader;

  /**
   * Watches a process.
   *
   * @param marks texts of the log, in the order in which they come
   */
  WatchedDeploy(Process process, List<String> marks) {
    this.process = process;
    this.marks = marks;
    marks.forEach(mark -> reached.add(new CompletableFuture<>()));
    this.reader = new Thread(this::read);
    reader.start();
  }

  private void read() {
    int next = 0;
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        while (next < marks.size() && line.contains(marks.get(next))) {
          reached.get(next++).complete(System.nanoTime());
        }
      }
    } catch (IOException e) {
      // The pipe ends with the process.
      next = 0;
    }
    reached.forEach(mark -> mark.complete(System.nanoTime()));
  }

  /** Waits for a mark, or for the end; returns when that was. */
  long await(int mark) throws Exception {
    return reached.get(mark).get(60, TimeUnit.SECONDS);
  }

  /** Kills it when some time has passed; tells whether it was still there. */
  boolean killAfter(long nanos) throws InterruptedException {
    boolean ended = process.waitFor(nanos, TimeUnit.NANOSECONDS);
    process.toHandle().destroyForcibly();
    end();
    return !ended;
  }

  int end() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }
}
