package dev.stretcher.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a program to its end. Immutable; {@code with} adds a variable. */
record Shell(Path directory, Map<String, String> environment) {
  static Shell in(Path directory) {
    return new Shell(directory, Map.of());
  }

  /** Runs scripts of the examples, with the packaged launcher. */
  static Shell ofExamples(Path directory, Path temporary) throws IOException {
    return in(directory)
        .with("STRETCHER", Launcher.path().toString())
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("TMPDIR", temporary.toString());
  }

  /** What a program did; {@code output} has what it wrote to STDOUT and STDERR. */
  record Result(int status, String output) {}

  Shell with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Shell(directory, more);
  }

  public Result run(String... arguments) throws IOException, InterruptedException {
    return run("", List.of(arguments));
  }

  public Result run(String input, List<String> arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(arguments)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().remove("CONSUL_INDEX");
      builder.environment().putAll(environment);
      Process process = builder.start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // A program is free not to read its input; what it did is in its result.
        process.getErrorStream().close();
      }
      return new Result(process.waitFor(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
