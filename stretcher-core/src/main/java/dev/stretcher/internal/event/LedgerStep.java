package dev.stretcher.internal.event;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the ledger and writes into it, if there is one. A ledger that cannot be read or written is a
 * warning: a full disk must not stop a deploy that would make room.
 */
public final class LedgerStep {
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Optional<Ledger> ledger;
  private final Reporter reporter;
  private final Secrets secrets;

  public LedgerStep(Engine engine, Reporter reporter) {
    this.ledger =
        engine
            .ledger()
            .map(each -> each.warning(text -> reporter.report(new DeployEvent.Warning(text))));
    this.reporter = reporter;
    this.secrets = engine.secrets();
  }

  /** Returns how the same event ended before, if it came before. */
  Optional<LedgerRecord> earlier(DeployRequest request) {
    Optional<String> id = request.eventId();
    return id.isPresent() ? ask(book -> book.last(id.get()), Optional.empty()) : Optional.empty();
  }

  /**
   * Tells whether a later event than that of {@code task} was handled already.
   *
   * @param dest all its names: the name in the manifest, and the path that it leads to
   */
  public boolean hasNewer(Set<Path> dest, DeployTask task, Moment now) {
    Set<String> names = dest.stream().map(secrets::name).collect(Collectors.toSet());
    LaterEvent later = LaterEvent.than(task, now);
    return ask(book -> book.newestWhile(record -> !later.isPast(record)), List.<LedgerRecord>of())
        .stream()
        .anyMatch(record -> isFor(names, record) && later.isOf(record));
  }

  private static boolean isFor(Set<String> names, LedgerRecord record) {
    return record.dest().filter(names::contains).isPresent()
        || record.place().filter(names::contains).isPresent();
  }

  /** Tells whether this host keeps a ledger. */
  public boolean isKept() {
    return ledger.isPresent();
  }

  /** Tells whether it is known that a deploy has made {@code dest}, a real path. */
  public boolean remembers(Path dest) {
    return askOfBothNames(dest, name -> book -> book.remembers(name));
  }

  /** Tells whether a deploy to {@code dest}, a real path, is known to have succeeded. */
  public boolean hasSucceeded(Path dest) {
    return askOfBothNames(dest, name -> book -> book.hasSucceeded(name));
  }

  /** A question to the ledger. */
  @FunctionalInterface
  private interface Question<T> {
    T to(Ledger ledger) throws IOException;
  }

  private <T> T ask(Question<T> question, T otherwise) {
    try {
      return ledger.isPresent() ? question.to(ledger.get()) : otherwise;
    } catch (IOException e) {
      reporter.warnOnce("cannot read the ledger", Reason.withFile(e));
      return otherwise;
    }
  }

  private String name(String dest) {
    return secrets == Secrets.NONE ? dest : secrets.name(NativeText.path(dest));
  }

  /** Asks by the name that is masked, and by the one from before it was masked. */
  private boolean askOfBothNames(Path dest, Function<Path, Question<Boolean>> question) {
    Path masked = secrets.path(dest);
    return ask(question.apply(masked), false)
        || !masked.equals(dest) && ask(question.apply(dest), false);
  }

  /**
   * Adds the record of a cancelled deploy, which must not wait long: another process may hold the
   * ledger, or its disk may hang.
   */
  public void addSoon(LedgerRecord record) {
    // Not closed: nothing ends a write to a disk that hangs.
    Background<LedgerRecord, RuntimeException> writing =
        Background.start(
            "stretcher-ledger",
            () -> {
              add(record);
              return record;
            });
    try {
      Interrupts.remembered(() -> writing.await(SOON.toNanos()));
    } catch (TimeoutException e) {
      reporter.report(
          new DeployEvent.Warning(
              "the ledger could not be written within %s s; the deploy may be missing there"
                  .formatted(SOON.toSeconds())));
    }
  }

  public void add(LedgerRecord record) {
    LedgerRecord masked =
        new LedgerRecord(
            record.time(),
            record.arrived(),
            record.deployId(),
            record.event(),
            record.logicalTime(),
            secrets.apply(record.manifest()),
            record.digest(),
            record.dest().map(this::name),
            record.outcome(),
            record.error().map(secrets),
            record.place().map(this::name),
            record.arrivedSinceBoot(),
            record.endedSinceBoot(),
            record.releases());
    write(book -> book.add(masked));
  }

  /** Remembers that a deploy makes {@code dest}, a real path. */
  public void remember(Path dest) {
    write(book -> book.remember(secrets.path(dest)));
  }

  /** A change of the ledger. */
  @FunctionalInterface
  private interface Change {
    void of(Ledger ledger) throws IOException;
  }

  private void write(Change change) {
    try {
      if (ledger.isPresent()) {
        change.of(ledger.get());
      }
    } catch (IOException e) {
      reporter.warnOnce("cannot write the ledger", Reason.withFile(e));
    }
  }
}
