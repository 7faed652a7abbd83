package dev.stretcher.cli;

import dev.stretcher.CheckReport;
import dev.stretcher.Stretcher;
import dev.stretcher.report.StretcherException;
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
    Setup setup = Setup.read(arguments, surroundings.environment());
    if (arguments.subcommand().is(Subcommand.AGENT)) {
      return () -> next(setup);
    }
    if (arguments.subcommand().is(Subcommand.HISTORY)) {
      return () -> new History(surroundings.out(), surroundings.err()).print(setup.ledger());
    }
    String manifest = arguments.requireParameter();
    return arguments.subcommand().is(Subcommand.DEPLOY)
        ? () -> deploy(setup, manifest, arguments.has(Flags.DRY_RUN))
        : () -> check(setup, manifest, arguments.has(Flags.AGAINST_DEST));
  }

  private int version() {
    surroundings.out().println("stretcher " + Stretcher.version());
    return 0;
  }

  /** Reads one event from STDIN, and deploys what it names. */
  private int next(Setup setup) throws StretcherException, InterruptedException {
    try (Stretcher stretcher = surroundings.stretcher(setup)) {
      stretcher.deployNext(surroundings.events(setup));
      return 0;
    }
  }

  private int deploy(Setup setup, String manifest, boolean dryRun)
      throws StretcherException, InterruptedException {
    try (Stretcher stretcher = surroundings.stretcher(setup)) {
      URI url = ManifestArgument.url(manifest);
      if (dryRun) {
        stretcher.plan(url);
      } else {
        stretcher.deploy(url);
      }
      return 0;
    }
  }

  private int check(Setup setup, String manifest, boolean againstDest) throws InterruptedException {
    try (Stretcher stretcher = surroundings.stretcher(setup)) {
      URI url = ManifestArgument.fileOrUrl(manifest);
      CheckReport report = againstDest ? stretcher.checkAgainstDest(url) : stretcher.check(url);
      new CheckPrinter(surroundings.out(), surroundings.err()).print(report);
      return report.ok() ? 0 : 1;
    }
  }
}
