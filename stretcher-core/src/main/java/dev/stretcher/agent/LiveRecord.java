package dev.stretcher.agent;

import dev.stretcher.Deployment;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.internal.live.Live;
import dev.stretcher.internal.live.LiveMeasure;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.release.Release;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.util.Optional;

/** Remembers what is live of an app: as it is measured, and as deploys leave it. */
final class LiveRecord {
  private final AppName app;
  private final AgentListener listener;
  private final AppMemory memory;
  private final LiveMeasure measure;

  LiveRecord(AppName app, Services services, AppMemory memory, LiveMeasure.Releases releases) {
    this.app = app;
    this.listener = services.listener();
    this.memory = memory;
    this.measure = new LiveMeasure(services.ledger(), releases);
  }

  /** Measures what is live now. */
  Live measured(DesiredState desired) {
    Live live = measure(desired);
    memory.live(live);
    return live;
  }

  private Live measure(DesiredState desired) {
    try {
      return measure.measure(memory.now(), Optional.of(desired.pin().hex()));
    } catch (IOException e) {
      listener.onWarning(
          app, "it is not known what is live, since the ledger cannot be read: " + Reasons.of(e));
      return new Live(
          Optional.empty(), false, memory.now().dest(), Optional.empty(), memory.now().asOf());
    }
  }

  /** Dest is as it was, whatever the ledger says of a deploy that failed. */
  void untouched(Live before) {
    Optional<String> asOf = before.asOf();
    try {
      asOf = measure.measure(memory.now(), Optional.empty()).asOf();
    } catch (IOException e) {
      // Then it is deployed again at the next start, which does no harm.
      asOf = before.asOf();
    }
    memory.live(new Live(before.digest(), before.isGood(), before.dest(), before.release(), asOf));
  }

  /**
   * A deploy has failed after it may have changed dest.
   *
   * @param deploy its ID
   */
  void touched(DesiredState desired, Live before, Optional<String> deploy) {
    memory.live(new Live(Optional.empty(), false, before.dest(), before.release(), deploy));
    measured(desired);
  }

  /**
   * A deploy has succeeded.
   *
   * @param state what was deployed
   * @param deploy its ID
   */
  void deployed(DesiredState state, Deployment deployment, Optional<String> deploy) {
    Optional<Release> release =
        deployment instanceof Deployment.OfArchive archive ? archive.release() : Optional.empty();
    Optional<String> dest =
        deployment
            .manifest()
            .payload()
            .map(Manifest.Payload::target)
            .map(place -> NativeText.text(place.dest()));
    memory.live(
        new Live(Optional.of(state.pin().hex()), true, dest, release.map(Release::id), deploy));
  }
}
