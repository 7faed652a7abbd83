package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.report.StretcherException;
import java.net.URI;
import java.util.List;

/** Prepares a release, so that its deploy only switches. */
final class FetchCommand implements Command {
  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public String parameter() {
    return "URL";
  }

  @Override
  public String summary() {
    return "Prepares a release, to which a deploy then switches.";
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Prepare a release now, and switch to it later by deploy.",
            "stretcher fetch https://h/shop-1.4.2.yml"));
  }

  @Override
  public int run(Invocation invocation)
      throws UsageException, StretcherException, InterruptedException {
    URI url = ManifestArgument.url(invocation.requireParameter());
    try (Stretcher stretcher = invocation.stretcher()) {
      stretcher.prepare(url);
      return 0;
    }
  }
}
