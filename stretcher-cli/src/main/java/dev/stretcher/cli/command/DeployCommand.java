package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Topic;
import dev.stretcher.report.StretcherException;
import java.net.URI;
import java.util.List;

/** Deploys a manifest without an event. */
final class DeployCommand implements Command {
  private static final Setting<Boolean> DRY_RUN =
      Setting.of(
          "dry-run",
          Kinds.SWITCH,
          false,
          Topic.DEST,
          "Say in the log what would be done; run no command, change nothing.");

  @Override
  public String name() {
    return "deploy";
  }

  @Override
  public String parameter() {
    return "URL";
  }

  @Override
  public String summary() {
    return "Deploys the manifest at URL, without an event.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(DRY_RUN);
  }

  @Override
  public boolean isInquiry(Options options) {
    return options.get(DRY_RUN);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Deploy once, by hand.", "stretcher deploy https://h/shop.yml"),
        new Example("See what that would do.", "stretcher deploy --dry-run https://h/shop.yml"));
  }

  @Override
  public int run(Invocation invocation)
      throws UsageException, StretcherException, InterruptedException {
    URI url = ManifestArgument.url(invocation.requireParameter());
    try (Stretcher stretcher = invocation.stretcher()) {
      if (isInquiry(invocation.options())) {
        stretcher.plan(url);
      } else {
        stretcher.deploy(url);
      }
      return 0;
    }
  }
}
