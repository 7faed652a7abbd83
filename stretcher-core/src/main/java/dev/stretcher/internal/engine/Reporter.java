package dev.stretcher.internal.engine;

import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.DeployLog;
import dev.stretcher.report.Progress;
import dev.stretcher.report.Secrets;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;

/**
 * Sends the events of one deploy to the listeners, one at a time, and keeps the log that {@code
 * success} and {@code failure} commands get.
 */
public final class Reporter {
  private final List<DeployListener> listeners;
  private final LogBuffer kept;
  private final DeployLog log;
  private DeployIdentity deploy;

  /** Creates the reporter of events outside of a deploy. */
  public Reporter(List<DeployListener> listeners, Clock clock, Options limits) {
    this(listeners, clock, limits, Secrets.NONE, DeployIdentity.NONE);
  }

  /** Creates the reporter of a deploy, whose log has no secrets. */
  public Reporter(
      List<DeployListener> listeners,
      Clock clock,
      Options limits,
      Secrets secrets,
      DeployIdentity deploy) {
    this.deploy = deploy;
    this.listeners = listeners;
    this.kept = new LogBuffer(limits.size(Settings.MAX_LOG));
    this.log = new DeployLog(clock, secrets, kept::add);
  }

  /** Returns the identity of the deploy. */
  public synchronized DeployIdentity deploy() {
    return deploy;
  }

  public synchronized void report(DeployEvent event) {
    if (event instanceof DeployEvent.ExecutingManifest executing) {
      deploy = deploy.withDest(ManifestKeys.DEST.of(executing.manifest()));
    }
    log.onEvent(event);
    for (DeployListener listener : listeners) {
      tell(listener, event);
    }
  }

  public synchronized void progress(Progress progress) {
    for (DeployListener listener : listeners) {
      guarded(listener, progress, () -> listener.onProgress(progress));
    }
  }

  private void tell(DeployListener listener, DeployEvent event) {
    guarded(listener, event, () -> listener.onEvent(deploy, event));
  }

  private void guarded(DeployListener listener, Object told, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      String name = listener.getClass().getName();
      log.onEvent(
          new DeployEvent.Warning(
              "listener " + name + " failed on " + told.getClass().getSimpleName() + ": " + e));
    }
  }

  /** Returns the log so far, in UTF-8. */
  public synchronized InputStream logSoFar() {
    return kept.read();
  }
}
