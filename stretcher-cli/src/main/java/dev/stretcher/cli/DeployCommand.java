package dev.stretcher.cli;

import dev.stretcher.Stretcher;
import dev.stretcher.StretcherException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deploys a manifest that is named on the command line. */
@Command(
    name = "deploy",
    description = "Deploys a manifest, without an event.",
    sortOptions = false)
final class DeployCommand implements Callable<Integer>, Inquiry {
  @ParentCommand private @Nullable AgentCommand agent;

  @Parameters(paramLabel = "URL", description = "Where the manifest is.")
  private @Nullable String manifest;

  @Option(
      names = "--dry-run",
      description = "Say in the log what would be done; run no command, change nothing.")
  private boolean dryRun;

  @Override
  public boolean isInquiry() {
    return dryRun;
  }

  @Override
  public Integer call() throws StretcherException, InterruptedException {
    try (Stretcher stretcher = Objects.requireNonNull(agent).stretcher()) {
      URI url = ManifestArgument.url(Objects.requireNonNull(manifest));
      if (dryRun) {
        stretcher.plan(url);
      } else {
        stretcher.deploy(url);
      }
      return 0;
    }
  }
}
