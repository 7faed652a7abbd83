package dev.stretcher.internal.engine;

import dev.stretcher.internal.engine.Delivery.Report;
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
import java.time.Duration;
import java.util.List;

/**
 * Takes the reports of one deploy: sends them to the listeners, see {@link Delivery}, and keeps the
 * log that {@code success} and {@code failure} commands get. Thread-safe.
 */
public final class Reporter {
  private final Delivery delivery;
  private final LogBuffer kept;
  private final DeployLog log;
  private DeployIdentity deploy;
  private long start;
  private boolean started;

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
    this.delivery = new Delivery(listeners, this::listenerFailed);
    this.kept = new LogBuffer(limits.size(Settings.MAX_LOG));
    this.log = new DeployLog(clock, secrets, kept::add);
  }

  /** Returns the identity of the deploy, as far as it is known. */
  public synchronized DeployIdentity deploy() {
    return deploy;
  }

  /** Begins to count the time that the deploy takes. */
  public synchronized void start() {
    start = System.nanoTime();
    started = true;
  }

  /** Returns the time since the start; 0 before. */
  public synchronized Duration elapsed() {
    return started ? Duration.ofNanos(System.nanoTime() - start) : Duration.ZERO;
  }

  public void report(DeployEvent event) {
    delivery.awaitRoom();
    synchronized (this) {
      deploy = identified(event);
      log.onEvent(event);
      delivery.add(new Report(deploy, event, null));
    }
    delivery.run();
  }

  private DeployIdentity identified(DeployEvent event) {
    if (event instanceof DeployEvent.EventReceived received) {
      return deploy.withManifest(received.request().manifest());
    }
    return event instanceof DeployEvent.ExecutingManifest executing
        ? deploy.withDest(ManifestKeys.DEST.of(executing.manifest()))
        : deploy;
  }

  public void progress(Progress progress) {
    delivery.awaitRoom();
    delivery.add(new Report(deploy(), progress, null));
    delivery.run();
  }

  /** The other listeners learn it, but not what they did with that. */
  private synchronized void listenerFailed(
      DeployListener listener, Report report, Throwable failure) {
    DeployEvent warning =
        new DeployEvent.Warning(
            "listener %s failed on %s: %s"
                .formatted(
                    listener.getClass().getName(),
                    report.told().getClass().getSimpleName(),
                    failure));
    log.onEvent(warning);
    if (report.failed() == null) {
      delivery.add(new Report(deploy, warning, listener));
    }
  }

  /** Waits until the listeners have got all that was reported. */
  public void settle() {
    delivery.settle();
  }

  /** The same for a cancelled deploy, which waits only a moment for a listener that hangs. */
  public void settleSoon() {
    delivery.settleSoon();
  }

  /** Returns the log so far, in UTF-8. */
  public synchronized InputStream logSoFar() {
    return kept.read();
  }
}
