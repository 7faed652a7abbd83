package dev.stretcher.cli;

import dev.stretcher.cli.invocation.Surroundings;
import dev.stretcher.text.NativeText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The entry point of the launcher. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line and ends the JVM with its exit status.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    Cli cli =
        new Cli(
            new Surroundings(
                System.in,
                utf8(out),
                err,
                Boolean.getBoolean("stretcher.terminal"),
                environment(),
                reserved()));
    SignalHandling signals = SignalHandling.cancel(Thread.currentThread(), cli.underConsulWatch());
    LauncherWatch.start(err);
    Runtime.getRuntime().exit(out.status(run(cli, signals, args), err));
  }

  private static int run(Cli cli, SignalHandling signals, String[] args) {
    try {
      return cli.run(args);
    } finally {
      signals.finished();
    }
  }

  /** Returns the environment as it was before the launcher chose a locale for the JVM. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    String original = environment.remove("STRETCHER_LC_ALL");
    if (original != null && original.isEmpty()) {
      environment.remove("LC_ALL");
    } else if (original != null) {
      environment.put("LC_ALL", original);
    }
    return environment;
  }

  /** Returns where the launcher is installed, and where it keeps class-data archives. */
  private static Map<Path, String> reserved() {
    Map<Path, String> reserved = new HashMap<>();
    property("stretcher.home").ifPresent(path -> reserved.put(path, "the agent's installation"));
    property("stretcher.cache").ifPresent(path -> reserved.put(path, "the agent's cache"));
    return reserved;
  }

  private static Optional<Path> property(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .filter(path -> !path.isEmpty())
        .map(NativeText::path);
  }

  private static PrintStream utf8(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
