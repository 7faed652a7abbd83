package dev.stretcher.cli.print;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.CheckReport;
import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsThePlanBetweenTheStepsAndTheVerdict() {
    print(
        new CheckReport(
            URI.create("https://user:sekret@host/app.yml?token=sekret"),
            List.of("fetch x", "sync /srv/app by tree"),
            Optional.of(new SyncPlan(List.of("create a", "delete b"), "2 operations")),
            List.of(new Problem(3, 1, "odd")),
            List.of()));

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            1. fetch x
            2. sync /srv/app by tree
            the sync would:
              create a
              delete b
              2 operations
            ok
            """);
    assertThat(err.toString(UTF_8))
        .isEqualTo("https://host/app.yml: warning: line 3, column 1: odd\n");
  }

  @Test
  void aProblemIsNotOk() {
    print(
        new CheckReport(
            URI.create("file:/app.yml"),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(new Problem(0, 0, "wrong"))));

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).isEqualTo("file:/app.yml: error: wrong\n");
  }

  private void print(CheckReport report) {
    new CheckPrinter(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            FlagNames.ofAnyHost(),
            Secrets.NONE)
        .print(report);
  }
}
