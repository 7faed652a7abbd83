package dev.stretcher.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The packaged launcher, started as an operator starts it. */
final class Launcher {
  private Launcher() {}

  static Path path() {
    return Path.of(System.getProperty("stretcher.launcher"));
  }

  /** Starts it and writes to its STDIN. */
  static Process start(
      Path launcher, List<String> args, String stdin, Map<String, String> environment)
      throws IOException {
    Map<String, String> variables = new TreeMap<>();
    variables.put("STRETCHER_CACHE_DIR", System.getProperty("stretcher.cache"));
    variables.put("XDG_STATE_HOME", System.getenv("XDG_STATE_HOME"));
    variables.putAll(environment);
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    Process process = start(launcher, args, variables);
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin.getBytes(StandardCharsets.UTF_8));
    }
    return process;
  }

  /** Starts it in this very environment. */
  static Process start(Path launcher, List<String> args, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Sends SIGTERM once the log says {@code moment}, and waits for the end. */
  static Cli.Result terminateAt(Process process, String moment) throws Exception {
    return terminateAt(process, line -> line.contains(moment));
  }

  static Cli.Result terminateAt(Process process, Predicate<String> moment) throws Exception {
    StringBuilder log = new StringBuilder();
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      log.append(line).append('\n');
      if (moment.test(line)) {
        // Process.destroy would close its outputs as well.
        process.toHandle().destroy();
        break;
      }
    }
    Cli.Result rest = finish(process);
    return new Cli.Result(rest.exitCode(), rest.out(), log + rest.err());
  }

  /** Waits for its end. */
  static Cli.Result finish(Process process) throws Exception {
    CompletableFuture<String> err = text(process.getErrorStream());
    String out = text(process.getInputStream()).get();
    return new Cli.Result(process.waitFor(), out, err.get());
  }

  /** Tells whether a process runs; one that is over but not reaped does not. */
  static boolean isRunning(long pid) throws IOException {
    try {
      Path stat = Path.of("/proc", Long.toString(pid), "stat");
      return !Files.readString(stat).matches("(?s).*\\) Z .*");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static CompletableFuture<String> text(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
