package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that tests compare with, such as {@code rsync}. */
public final class Tools {
  private Tools() {}

  /**
   * Ends the test unless {@code program} is on PATH: it fails if the system property {@code
   * stretcher.it.required} is {@code true}, and is skipped otherwise.
   */
  public static void require(String program) {
    if (isThere(program)) {
      return;
    }
    String reason = "this test needs the program " + program + ", which is not on PATH";
    if (Boolean.getBoolean("stretcher.it.required")) {
      fail(reason);
    }
    assumeTrue(false, reason);
  }

  /** Runs a program to its end, and tells whether its status was 0. */
  public static boolean isDone(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  /** Tells whether {@code program} is on PATH. */
  public static boolean isThere(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Arrays.stream(path.split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory).resolve(program)));
  }
}
