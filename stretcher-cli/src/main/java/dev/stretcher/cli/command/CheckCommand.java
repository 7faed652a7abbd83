package dev.stretcher.cli.command;

import dev.stretcher.CheckReport;
import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.print.CheckPrinter;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Topic;
import java.net.URI;
import java.util.List;

/** Says what a deploy would do, and what would stop it. */
final class CheckCommand implements Command {
  private static final Setting<Boolean> AGAINST_DEST =
      Setting.of(
          "against-dest",
          Kinds.SWITCH,
          false,
          Topic.DEST,
          "Also fetch the archive and print what would change under dest.");

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String parameter() {
    return "FILE|URL";
  }

  @Override
  public String summary() {
    return "Prints what a deploy would do, and what would stop it.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 if nothing would stop a deploy, 1 if something would, 2 for wrong"
        + " arguments.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(AGAINST_DEST);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Read a manifest before it is published.", "stretcher check shop.yml"),
        new Example(
            "See what would change on this host.",
            "stretcher check --against-dest https://h/shop.yml"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    URI url = ManifestArgument.fileOrUrl(invocation.requireParameter());
    try (Stretcher stretcher = invocation.stretcher()) {
      boolean againstDest = invocation.options().get(AGAINST_DEST);
      CheckReport report = againstDest ? stretcher.checkAgainstDest(url) : stretcher.check(url);
      new CheckPrinter(invocation.out(), invocation.err(), invocation.words(), invocation.secrets())
          .print(report);
      return report.ok() ? 0 : 1;
    }
  }
}
