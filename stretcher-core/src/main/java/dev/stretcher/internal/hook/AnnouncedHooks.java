package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Hook.Phase;

/** Says which commands of a manifest would run, and runs none. */
public final class AnnouncedHooks implements Hooks {
  private final Reporter reporter;
  private final Commands commands;

  public AnnouncedHooks(Reporter reporter, Commands commands) {
    this.reporter = reporter;
    this.commands = commands;
  }

  @Override
  public boolean hasPre() {
    return !commands.pre().isEmpty();
  }

  @Override
  public void pre() {
    announce(Phase.PRE, commands.pre());
  }

  @Override
  public void post() {
    announce(Phase.POST, commands.post());
  }

  @Override
  public void success() {
    announce(Phase.SUCCESS, commands.success());
  }

  @Override
  public void failure(StretcherException cause) {
    announce(Phase.FAILURE, commands.failure());
  }

  private void announce(Phase phase, CommandList list) {
    list.lines().forEach(line -> reporter.report(new DeployEvent.WouldRun(phase, line)));
  }
}
