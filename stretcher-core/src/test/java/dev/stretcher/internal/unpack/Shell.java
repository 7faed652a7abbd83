package dev.stretcher.internal.unpack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the real tools. */
public final class Shell {
  private Shell() {}

  /** Runs {@code line} with {@code $1} and so on; returns its exit status. */
  static int status(Path directory, String line, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        System.out.println("status " + status + " of: " + line + "\n" + said);
      }
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs {@code line}, which has to succeed. */
  public static void run(Path directory, String line, String... arguments) {
    int status = status(directory, line, arguments);
    if (status != 0) {
      throw new AssertionError("exit status " + status + " of: " + line);
    }
  }
}
