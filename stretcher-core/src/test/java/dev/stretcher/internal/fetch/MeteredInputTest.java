package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.option.Options;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Progress;
import dev.stretcher.report.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeteredInputTest {
  private final List<Long> told = new ArrayList<>();
  private long now;
  private boolean time;

  private MeteredInput input(int bytes) {
    DeployListener listener =
        new DeployListener() {
          @Override
          public void onEvent(DeployEvent event) {}

          @Override
          public void onProgress(Progress progress) {
            told.add(progress.bytes());
          }
        };
    Reporter reporter = new Reporter(List.of(listener), Clock.systemUTC(), Options.DEFAULT);
    // Each look at the clock takes a second.
    ProgressMeter meter =
        new ProgressMeter(
            reporter,
            Stage.EXTRACT,
            OptionalLong.empty(),
            () -> now += TimeUnit.SECONDS.toNanos(1));
    return new MeteredInput(new ByteArrayInputStream(new byte[bytes]), meter, () -> time);
  }

  @Test
  void tellsWhatWasReadBeforeOnceItIsTime() throws IOException {
    MeteredInput in = input(10);
    byte[] target = new byte[4];
    assertThat(in.read(target, 0, 4)).isEqualTo(4);
    assertThat(in.read()).isZero();
    assertThat(told).isEmpty();

    time = true;
    assertThat(in.read(target, 0, 2)).isEqualTo(2);
    assertThat(in.read()).isZero();
    assertThat(in.read(target, 0, 4)).isEqualTo(2);

    assertThat(told).containsExactly(7L, 8L, 10L);
  }

  @Test
  void theEndIsNoByte() throws IOException {
    MeteredInput in = input(1);
    time = true;
    assertThat(in.read()).isZero();
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1);
    assertThat(told).containsExactly(1L, 1L, 1L);
  }
}
