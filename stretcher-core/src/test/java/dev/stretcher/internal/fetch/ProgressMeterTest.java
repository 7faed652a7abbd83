package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.option.Options;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Progress;
import dev.stretcher.report.Stage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private final List<String> events = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private long now = 7_000_000_000L;

  private ProgressMeter meter(Stage stage, OptionalLong total) {
    DeployListener listener =
        new DeployListener() {
          @Override
          public void onEvent(DeployEvent event) {
            events.add(event.message());
          }

          @Override
          public void onProgress(Progress told) {
            progress.add(told.bytes());
          }
        };
    return new ProgressMeter(
        new Reporter(List.of(listener), Clock.systemUTC(), Options.DEFAULT),
        stage,
        total,
        () -> now);
  }

  private void run(ProgressMeter meter, int steps, long bytes, long millis) {
    for (int i = 0; i < steps; i++) {
      now += millis * 1_000_000;
      meter.add(bytes);
    }
  }

  @Test
  void aShortStepSaysNothing() {
    run(meter(Stage.FETCH, OptionalLong.of(1000)), 19, 10, 10);

    assertThat(progress).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void listenersHearSeveralTimesASecondAndTheLogEveryTenSeconds() {
    run(meter(Stage.FETCH, OptionalLong.of(100_000_000)), 250, 100_000, 100);

    assertThat(progress).hasSize(125).startsWith(200_000L, 400_000L);
    assertThat(events)
        .containsExactly(
            "Fetched 10 MB of 100 MB (10 %) so far, 1.0 MB/s",
            "Fetched 20 MB of 100 MB (20 %) so far, 1.0 MB/s");
  }

  @Test
  void withoutALengthThereIsNoShare() {
    run(meter(Stage.EXTRACT, OptionalLong.empty()), 100, 100_000, 100);

    assertThat(events).containsExactly("Extracted 10 MB so far, 1.0 MB/s");
  }
}
