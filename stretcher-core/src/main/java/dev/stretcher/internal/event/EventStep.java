package dev.stretcher.internal.event;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.option.Replay;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadEvent;
import dev.stretcher.report.StretcherException.Defect;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.MalformedEventException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Waits for an event, and decides whether to deploy it. */
public final class EventStep {
  /** An event that takes longer was not there at once. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Engine engine;
  private final Reporter reporter;

  public EventStep(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  /**
   * Waits for the next event and returns its task; empty if there is nothing to do.
   *
   * @param start when this run began, before a random delay
   */
  public Optional<DeployTask> next(EventSource events, Moment start)
      throws BadEvent, Defect, InterruptedException {
    long asked = engine.steadyClock().nanoTime();
    Optional<DeployRequest> request = read(events);
    long waited = engine.steadyClock().nanoTime() - asked;
    // An event that was there at once had come before the delay, whose length must not say which
    // of two events is the later one.
    Moment arrived = waited < AT_ONCE.toNanos() ? start : engine.now();
    if (request.isEmpty()) {
      reporter.report(new DeployEvent.NothingToDo());
      return Optional.empty();
    }
    Optional<LedgerRecord> earlier = earlier(request.get());
    if (earlier.isPresent()) {
      reporter.report(new DeployEvent.Replayed(earlier.get()));
      giveUp(events, request.get());
      return Optional.empty();
    }
    return Optional.of(
        DeployTask.of(request.get(), arrived, reporter)
            .withHandled(() -> giveUp(events, request.get())));
  }

  /** Whatever a plug-in throws: the deploy has ended as the ledger says. */
  private void giveUp(EventSource events, DeployRequest request) {
    try {
      // Whoever interrupts this thread: an event that is handled should not come again.
      Interrupts.shielded(
          () -> {
            events.handled(request);
            return request;
          });
    } catch (IOException | RuntimeException e) {
      warnOfReturn(events, Reason.withFile(e));
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Error e) {
      warnOfReturn(events, e.toString());
    }
  }

  private void warnOfReturn(EventSource events, String reason) {
    reporter.report(
        new DeployEvent.Warning(
            "cannot give up the event of %s, so that it may come again: %s"
                .formatted(events.name(), reason)));
  }

  private Optional<DeployRequest> read(EventSource events)
      throws BadEvent, Defect, InterruptedException {
    reporter.report(new DeployEvent.WaitingForEvent(events.name()));
    try {
      Optional<DeployRequest> request = events.next();
      request.ifPresent(this::tell);
      return request;
    } catch (IOException | RuntimeException e) {
      Interrupts.rethrow(e);
      String what =
          e instanceof MalformedEventException
              ? Reason.of(e)
              : "cannot read events from %s: %s".formatted(events.name(), Reason.of(e));
      throw notStarted(new BadEvent(Failure.of(what, e)));
    } catch (Error e) {
      throw notStarted(new Defect(Stage.EVENT, e));
    }
  }

  private <E extends StretcherException> E notStarted(E failure) {
    reporter.report(new DeployEvent.NotStarted(failure, reporter.elapsed()));
    return failure;
  }

  private void tell(DeployRequest request) {
    reporter.report(new DeployEvent.EventReceived(request));
    if (request.origin() instanceof DeployRequest.Consul consul) {
      reporter.report(new DeployEvent.EventIdentified(consul));
    }
  }

  /** Returns how this event ended before, unless events are deployed however often they come. */
  private Optional<LedgerRecord> earlier(DeployRequest request) {
    return engine.options().get(Settings.REPLAY) == Replay.DEPLOY
        ? Optional.empty()
        : new LedgerStep(engine, reporter).earlier(request);
  }
}
