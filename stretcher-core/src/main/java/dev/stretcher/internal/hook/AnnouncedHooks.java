package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.manifest.Health;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Hook.Phase;
import java.nio.file.Path;
import java.util.Optional;

/** Says which commands of a manifest would run, and runs none. */
public final class AnnouncedHooks implements Hooks {
  private final Reporter reporter;
  private final Commands commands;
  private final Health health;

  public AnnouncedHooks(Reporter reporter, Manifest manifest) {
    this.reporter = reporter;
    this.commands = manifest.commands();
    this.health = manifest.health();
  }

  @Override
  public boolean hasPre() {
    return !commands.pre().isEmpty();
  }

  @Override
  public void releasing(String id, Optional<String> previous, Path link) {
    // What runs no command has no variables for them.
  }

  @Override
  public void rolledBackTo(String id) {
    // The same.
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
  public void health() {
    announce(Phase.HEALTH, health.commands());
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
