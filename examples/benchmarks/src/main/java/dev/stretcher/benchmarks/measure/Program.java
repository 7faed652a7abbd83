package dev.stretcher.benchmarks.measure;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs other programs. */
public final class Program {
  private Program() {}

  /**
   * Runs a program to its end and returns what it printed.
   *
   * @throws IOException if it could not be started, or failed; with what it printed
   */
  public static String run(List<String> command) throws IOException, InterruptedException {
    Process process = builder(command).start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      String text = new String(output, StandardCharsets.UTF_8);
      if (status != 0) {
        throw new IOException(String.join(" ", command) + ": exit status " + status + "\n" + text);
      }
      return text;
    } finally {
      process.destroy();
    }
  }

  /** Runs a program to its end and returns what it printed. */
  public static String run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(new File("/dev/null")));
    // They change what a plain rsync does.
    builder.environment().keySet().removeIf(name -> name.startsWith("RSYNC_"));
    return builder;
  }
}
