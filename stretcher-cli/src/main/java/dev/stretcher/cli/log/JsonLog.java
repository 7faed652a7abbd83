package dev.stretcher.cli.log;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.EventJson;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.HookOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Prints each event to STDERR as one line, a JSON object. The STDOUT of {@code success} and {@code
 * failure} commands goes to STDOUT as well.
 */
final class JsonLog implements DeployListener {
  private final EventJson json;
  private final PrintStream out;
  private final PrintStream err;
  private final String app;

  /** Collects a line, so that no other line is mixed into it. */
  private final Writer lines;

  JsonLog(Clock clock, PrintStream out, PrintStream err, Secrets secrets, String app) {
    this.json = new EventJson(clock, EventJson.localHost(), secrets);
    this.out = out;
    this.err = err;
    this.app = app;
    this.lines = new OutputStreamWriter(err, StandardCharsets.UTF_8);
  }

  @Override
  public void onEvent(DeployEvent event) {
    onEvent(DeployIdentity.NONE, event);
  }

  @Override
  public void onEvent(DeployIdentity deploy, DeployEvent event) {
    print(deploy, event);
    if (event instanceof DeployEvent.HookPrinted printed
        && printed.phase().isAfterResult()
        && printed.stream() == HookOutput.Stream.OUT) {
      out.println(printed.line());
    }
  }

  private void print(DeployIdentity deploy, DeployEvent event) {
    try {
      if (!app.isEmpty()) {
        // At once, as several apps share the stream. A name of an app has nothing to be escaped.
        err.println("{\"app\":\"" + app + "\"," + json.line(deploy, event).substring(1));
        return;
      }
      json.write(deploy, event, lines);
      lines.write('\n');
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
