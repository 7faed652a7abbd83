package dev.stretcher.cli.fleet;

import dev.stretcher.cli.log.HostProgress;
import dev.stretcher.cli.rollout.WaitReason;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.AwaitListener;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.text.Printable;

/** Shows how far a wait is. */
record WaitListener(AppName app, HostProgress progress) implements AwaitListener {
  @Override
  public void onStatus(FleetStatus status) {
    Tally tally = Tally.of(status);
    String reason = WaitReason.of(status).map(text -> " (" + text + ")").orElse("");
    progress.show(
        tally.live(), tally.hosts(), "Waiting for %s: %s%s".formatted(app, tally.text(), reason));
  }

  @Override
  public void onStoreLost(String reason) {
    progress.say("The store cannot be asked, and is asked again: " + Printable.line(reason));
  }

  @Override
  public void onStoreFound() {
    progress.say("The store can be asked again");
  }
}
