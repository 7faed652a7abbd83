package dev.stretcher.internal.fetch;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.transfer.Download;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.transfer.RetryPolicy;
import dev.stretcher.internal.transfer.SinkException;
import dev.stretcher.internal.transfer.Transfer;
import dev.stretcher.internal.transfer.TransferListener;
import dev.stretcher.internal.transfer.TransferSettings;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SourceUnavailable;
import dev.stretcher.report.StretcherException.TimedOut;
import dev.stretcher.spi.Source;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/** Fetches the object that a URL names, and explains a failure in an operator's words. */
public final class Fetcher {
  private final Engine engine;
  private final Reporter reporter;

  public Fetcher(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  /** Limits of one fetch. */
  public record Limits(Optional<Duration> time, OptionalLong bytesPerSecond, int connections) {}

  /** What is fetched of an object. */
  @FunctionalInterface
  interface Work<T> {
    T by(Transfer transfer) throws IOException, InterruptedException;
  }

  /**
   * Fetches an object into {@code sink}.
   *
   * @throws SinkException if the sink could not take it
   */
  public Transfer.Result fetch(Stage stage, URI uri, FetchSink sink, Limits limits)
      throws StretcherException, SinkException, InterruptedException {
    return fetch(stage, uri, limits, transfer -> transfer.all(sink));
  }

  /**
   * Fetches what the work wants of an object.
   *
   * @throws SinkException if what was fetched could not be kept
   */
  <T> T fetch(Stage stage, URI uri, Limits limits, Work<T> work)
      throws StretcherException, SinkException, InterruptedException {
    try {
      Transfer transfer = transfer(stage, uri, limits);
      return new Download(transfer, limits.time()).run(() -> work.by(transfer));
    } catch (TimeoutException e) {
      Duration limit = limits.time().orElse(Duration.ZERO);
      throw new TimedOut(
          stage,
          limit,
          Failure.of(
                  "timeout %s reached while fetching %s"
                      .formatted(GoDuration.format(limit), RedactedUri.of(uri)))
              .withRemedy(
                  "check the server; the limit of an archive is " + Settings.TIMEOUT.mention()));
    } catch (SinkException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new SourceUnavailable(
          stage,
          uri,
          Failure.of("cannot fetch %s: %s".formatted(RedactedUri.of(uri), reason(uri, e)), e));
    }
  }

  /** Returns why a fetch failed, without the URL, which many sources put into their messages. */
  private static String reason(URI uri, Exception e) {
    String said = Reason.of(e);
    String prefix = RedactedUri.of(uri) + ": ";
    return said.startsWith(prefix) ? said.substring(prefix.length()) : said;
  }

  private Transfer transfer(Stage stage, URI uri, Limits limits) throws SourceUnavailable {
    Options options = engine.options();
    long lowSpeed = options.get(Settings.LOW_SPEED);
    return new Transfer(
        source(stage, uri),
        uri,
        new TransferSettings(
            "Stretcher/" + engine.version(),
            new RetryPolicy(
                options.get(Settings.RETRY), options.get(Settings.RETRY_WAIT), engine.random()),
            limits.bytesPerSecond(),
            limits.connections(),
            options.limit(Settings.STALL_TIMEOUT),
            lowSpeed == 0 ? OptionalLong.empty() : OptionalLong.of(lowSpeed)),
        new Attempts(uri));
  }

  private Source source(Stage stage, URI uri) throws SourceUnavailable {
    return engine
        .plugins()
        .source(uri)
        .orElseThrow(() -> new SourceUnavailable(stage, uri, noSource(uri)));
  }

  private Failure noSource(URI uri) {
    return Failure.of("cannot fetch " + RedactedUri.of(uri) + ": no source for its scheme")
        .withRemedy("use one of " + String.join(", ", engine.plugins().schemes()));
  }

  private final class Attempts implements TransferListener {
    private final URI uri;

    Attempts(URI uri) {
      this.uri = uri;
    }

    @Override
    public void opening() {
      reporter.report(new DeployEvent.LoadingUrl(uri));
    }

    @Override
    public void retrying(IOException cause, int attempt, Duration wait) {
      reporter.report(
          new DeployEvent.RetryScheduled(
              RedactedUri.of(uri) + ": " + reason(uri, cause),
              attempt,
              engine.options().get(Settings.RETRY),
              wait));
    }

    @Override
    public void fewerConnections(IOException cause, int left) {
      reporter.report(
          new DeployEvent.Warning(
              "the server seems to limit connections, the download goes on over %s: %s; %s"
                  .formatted(
                      left,
                      Reason.of(cause),
                      Settings.CONNECTIONS.mention(left) + " avoids that")));
    }
  }
}
