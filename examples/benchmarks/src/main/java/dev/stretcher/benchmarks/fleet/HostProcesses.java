package dev.stretcher.benchmarks.fleet;

import dev.stretcher.fleet.AppName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Processes of {@link SomeHosts}, and what they said. Thread-safe. */
final class HostProcesses implements AutoCloseable {
  private static final long LONGEST_END_SECONDS = 20;

  private final int nodesOfEach;
  private final List<Process> processes = new ArrayList<>();

  /** The generation that each host was live with last. */
  private final Map<String, Long> live = new HashMap<>();

  private HostProcesses(int nodesOfEach) {
    this.nodesOfEach = nodesOfEach;
  }

  /** Starts them. */
  static HostProcesses start(URI store, AppName app, Path directory, int count, int nodesOfEach)
      throws IOException {
    HostProcesses all = new HostProcesses(nodesOfEach);
    for (int i = 0; i < count; i++) {
      all.add(store, app, directory, i * nodesOfEach);
    }
    return all;
  }

  private void add(URI store, AppName app, Path directory, int first) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                SomeHosts.class.getName(),
                store.toString(),
                app.value(),
                directory.toString(),
                Integer.toString(first),
                Integer.toString(nodesOfEach))
            .redirectError(directory.resolve("hosts-" + first + ".log").toFile())
            .start();
    processes.add(process);
    Thread reader = new Thread(() -> read(process), "hosts-" + first);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        take(words[0], Long.parseLong(words[1]));
      }
    } catch (IOException e) {
      // The process was ended.
      return;
    }
  }

  private synchronized void take(String node, long generation) {
    live.put(node, generation);
    notifyAll();
  }

  /** Waits until so many hosts are live with a generation. */
  synchronized void awaitLive(int count, long generation) throws InterruptedException, IOException {
    while (live.values().stream().filter(is -> is == generation).count() < count) {
      for (Process process : processes) {
        if (!process.isAlive()) {
          throw new IOException("a process of hosts ended with status " + process.exitValue());
        }
      }
      TimeUnit.SECONDS.timedWait(this, 1);
    }
  }

  int hosts() {
    return processes.size() * nodesOfEach;
  }

  /** Returns the processor time of all. */
  Duration processor() {
    return processes.stream()
        .map(process -> process.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Ends them. */
  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.getOutputStream().close();
    }
    try {
      for (Process process : processes) {
        process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }
}
