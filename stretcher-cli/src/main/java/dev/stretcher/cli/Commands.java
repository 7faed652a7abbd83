package dev.stretcher.cli;

import dev.stretcher.CheckReport;
import dev.stretcher.Options;
import dev.stretcher.Stretcher;
import dev.stretcher.StretcherException;
import java.net.URI;

/** The commands, in a process's surroundings. */
final class Commands {
  private final Surroundings surroundings;

  Commands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns what the arguments ask for. */
  Command of(Arguments arguments) throws UsageException {
    if (arguments.has(Flags.HELP)) {
      return () -> Help.print(arguments.subcommand(), surroundings.out());
    }
    if (arguments.has(Flags.VERSION)) {
      return this::version;
    }
    Options options = DeployFlags.read(arguments.flags(), surroundings.environment());
    LogFormat format = LogFormat.of(arguments.flags().getOptionValue(Flags.LOG_FORMAT, "text"));
    if (arguments.subcommand().is(Subcommand.AGENT)) {
      return () -> next(options, format);
    }
    String manifest = arguments.requireParameter();
    return arguments.subcommand().is(Subcommand.DEPLOY)
        ? () -> deploy(options, format, manifest, arguments.has(Flags.DRY_RUN))
        : () -> check(options, format, manifest, arguments.has(Flags.AGAINST_DEST));
  }

  private int version() {
    surroundings.out().println("stretcher " + Stretcher.version());
    return 0;
  }

  /** Reads one event from STDIN, and deploys what it names. */
  private int next(Options options, LogFormat format)
      throws StretcherException, InterruptedException {
    try (Stretcher stretcher = surroundings.stretcher(options, format)) {
      stretcher.deployNext(Stretcher.stdinEvents(surroundings.in(), surroundings.environment()));
      return 0;
    }
  }

  private int deploy(Options options, LogFormat format, String manifest, boolean dryRun)
      throws StretcherException, InterruptedException {
    try (Stretcher stretcher = surroundings.stretcher(options, format)) {
      URI url = ManifestArgument.url(manifest);
      if (dryRun) {
        stretcher.plan(url);
      } else {
        stretcher.deploy(url);
      }
      return 0;
    }
  }

  private int check(Options options, LogFormat format, String manifest, boolean againstDest)
      throws InterruptedException {
    try (Stretcher stretcher = surroundings.stretcher(options, format)) {
      URI url = ManifestArgument.fileOrUrl(manifest);
      CheckReport report = againstDest ? stretcher.checkAgainstDest(url) : stretcher.check(url);
      new CheckPrinter(surroundings.out(), surroundings.err()).print(report);
      return report.ok() ? 0 : 1;
    }
  }
}
