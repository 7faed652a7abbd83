package dev.stretcher.cli;

import dev.stretcher.Stretcher;
import dev.stretcher.StretcherException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deploys a manifest that is named on the command line. */
@Command(
    name = "deploy",
    description = "Deploys a manifest, without an event.",
    sortOptions = false)
final class DeployCommand implements Callable<Integer> {
  @ParentCommand private @Nullable AgentCommand agent;

  @Parameters(paramLabel = "URL", description = "Where the manifest is.")
  private @Nullable String manifest;

  @Override
  public Integer call() throws StretcherException, InterruptedException {
    try (Stretcher stretcher = Objects.requireNonNull(agent).stretcher()) {
      stretcher.deploy(ManifestArgument.url(Objects.requireNonNull(manifest)));
      return 0;
    }
  }
}
