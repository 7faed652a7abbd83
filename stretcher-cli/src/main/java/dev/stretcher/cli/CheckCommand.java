package dev.stretcher.cli;

import dev.stretcher.CheckReport;
import dev.stretcher.Stretcher;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says what a deploy of a manifest would do, and all that would stop it. */
@Command(
    name = "check",
    description = {
      "Reads a manifest and prints what a deploy would do.",
      "Exits with 1 and all problems if one was found."
    },
    sortOptions = false)
final class CheckCommand implements Callable<Integer>, Inquiry {
  @ParentCommand private @Nullable AgentCommand agent;

  @Parameters(paramLabel = "FILE|URL", description = "Where the manifest is.")
  private @Nullable String manifest;

  @Option(
      names = "--against-dest",
      description = "Also fetch the archive and print what would change under dest.")
  private boolean againstDest;

  @Override
  public boolean isInquiry() {
    return true;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentCommand parent = Objects.requireNonNull(agent);
    try (Stretcher stretcher = parent.stretcher()) {
      URI url = ManifestArgument.fileOrUrl(Objects.requireNonNull(manifest));
      CheckReport report = againstDest ? stretcher.checkAgainstDest(url) : stretcher.check(url);
      new CheckPrinter(parent.out(), parent.err()).print(report);
      return report.ok() ? 0 : 1;
    }
  }
}
