package dev.stretcher.cli;

import dev.stretcher.CheckReport;
import dev.stretcher.Stretcher;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.RedactedUri;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
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
      print(report, parent.out(), parent.err());
      return report.ok() ? 0 : 1;
    }
  }

  private static void print(CheckReport report, PrintStream out, PrintStream err) {
    String manifest = RedactedUri.of(report.manifest());
    List<String> steps = report.steps();
    for (int i = 0; i < steps.size(); i++) {
      out.printf("%d. %s%n", i + 1, steps.get(i));
    }
    report.sync().ifPresent(plan -> print(plan, out));
    report.warnings().forEach(warning -> err.println(manifest + ": warning: " + warning));
    report.problems().forEach(problem -> err.println(manifest + ": error: " + problem));
    if (report.ok()) {
      out.println("ok");
    }
  }

  private static void print(SyncPlan plan, PrintStream out) {
    out.println("the sync would:");
    plan.lines().forEach(line -> out.println("  " + line));
    out.println("  " + plan.summary());
  }
}
