package dev.stretcher.cli;

import dev.stretcher.Stretcher;
import dev.stretcher.StretcherException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The agent: reads one event from STDIN, deploys once. */
@Command(
    name = "stretcher",
    description = "Reads one event from STDIN and deploys the manifest that it names.",
    subcommands = {DeployCommand.class, CheckCommand.class},
    versionProvider = AgentCommand.Version.class,
    sortOptions = false,
    footer = {
      "",
      "The exit status is 0 on success, 1 on failure, 2 for wrong arguments;",
      "always 0 if CONSUL_INDEX is set, since consul watch ends otherwise."
    })
final class AgentCommand implements Callable<Integer> {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  @Mixin private DeployFlags flags = new DeployFlags();

  AgentCommand(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  @Override
  public Integer call() throws StretcherException, InterruptedException {
    try (Stretcher stretcher = stretcher()) {
      stretcher.deployNext(Stretcher.stdinEvents(in, environment));
      return 0;
    }
  }

  /** Returns the library, wired to this process's console and flags. */
  Stretcher stretcher() {
    return Stretcher.builder()
        .environment(environment)
        .options(flags.toOptions(environment))
        .listener(new Console(out, err))
        .build();
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** Answers {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"stretcher " + Stretcher.version()};
    }
  }
}
