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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the reports of one deploy: sends them to the listeners, see {@link Delivery}, and keeps the
 * log that {@code success} and {@code failure} commands get. Thread-safe.
 */
public final class Reporter {
  private final Delivery delivery;
  private final LogBuffer kept;
  private final DeployLog log;
  private final IdentityHashMap<DeployListener, Set<Class<?>>> failed = new IdentityHashMap<>();
  private final Map<String, List<String>> warned = new HashMap<>();
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

  /** Reports an event; what a program prints waits, if many reports are waiting. */
  public void report(DeployEvent event) {
    if (isPrinted(event)) {
      delivery.awaitRoom();
    }
    synchronized (this) {
      delivery.add(logged(event));
    }
    delivery.run();
  }

  /**
   * Reports a warning, unless this deploy had the same one before, be it of a file whose directory
   * was to blame.
   */
  public void warnOnce(String what, String reason) {
    synchronized (this) {
      List<String> before = warned.computeIfAbsent(what, each -> new ArrayList<>());
      if (before.stream().anyMatch(reason::endsWith)) {
        return;
      }
      before.add(reason);
    }
    report(new DeployEvent.Warning(what + ": " + reason));
  }

  private static boolean isPrinted(DeployEvent event) {
    return event instanceof DeployEvent.HookPrinted
        || event instanceof DeployEvent.SyncPrinted
        || event instanceof DeployEvent.WouldSync;
  }

  private synchronized Report logged(DeployEvent event) {
    deploy = identified(event);
    log.onEvent(event);
    return new Report(deploy, event, null);
  }

  private DeployIdentity identified(DeployEvent event) {
    if (event instanceof DeployEvent.EventReceived received) {
      return deploy.withManifest(received.request().manifest());
    }
    return event instanceof DeployEvent.ExecutingManifest executing
        ? deploy.withDest(ManifestKeys.DEST.of(executing.manifest()))
        : deploy;
  }

  /** Reports progress, unless many reports are waiting. */
  public void progress(Progress progress) {
    delivery.offer(new Report(deploy(), progress, null));
    delivery.run();
  }

  /**
   * The other listeners learn it, but not what they did with that. A listener that always fails is
   * told once for each kind of report, or the log would be full of it.
   */
  private synchronized void listenerFailed(
      DeployListener listener, Report report, Throwable failure) {
    Class<?> kind = report.told().getClass();
    if (!failed.computeIfAbsent(listener, each -> new HashSet<>()).add(kind)) {
      return;
    }
    DeployEvent warning =
        new DeployEvent.Warning(
            "listener %s failed on %s: %s"
                .formatted(listener.getClass().getName(), kind.getSimpleName(), named(failure)));
    log.onEvent(warning);
    if (report.failed() == null) {
      delivery.add(new Report(deploy, warning, listener));
    }
  }

  /** An exception of a listener may fail to say what it is. */
  private static String named(Throwable failure) {
    try {
      return String.valueOf(failure);
    } catch (Throwable e) {
      return failure.getClass().getName();
    }
  }

  /** Waits until the listeners have got all that was reported. Nothing can be reported later. */
  public void settle() {
    delivery.settle();
  }

  /**
   * Reports the cancel as the last event, and waits for the listeners, but only a moment for one
   * that hangs in another thread.
   */
  public void cancelled() {
    synchronized (this) {
      delivery.addLast(logged(new DeployEvent.Cancelled(elapsed())));
    }
    delivery.settleSoon();
  }

  /** Returns the log so far, in UTF-8. */
  public synchronized InputStream logSoFar() {
    return kept.read();
  }
}
