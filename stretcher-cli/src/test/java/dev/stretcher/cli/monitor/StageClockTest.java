package dev.stretcher.cli.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.spi.Hook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageClockTest {
  private final AtomicLong now = new AtomicLong();
  private final Map<Stage, Long> times = new EnumMap<>(Stage.class);
  private final StageClock clock =
      new StageClock(now::get, (stage, time) -> times.merge(stage, time, Long::sum));

  private void after(long time, DeployEvent event) {
    now.addAndGet(time);
    clock.onEvent(event);
  }

  @Test
  void theTimeOfADeployIsThatOfItsStages() {
    after(9, new DeployEvent.Warning("before"));
    after(9, new DeployEvent.LoadingManifest(URI.create("https://h/a.yml")));
    after(1, new DeployEvent.WaitingForLock(Path.of("/srv"), Duration.ZERO));
    after(2, new DeployEvent.WaitedForLock(Path.of("/srv"), Duration.ZERO));
    after(3, new DeployEvent.Fetched(1, Path.of("a"), false, Duration.ZERO));
    after(4, new DeployEvent.Verified("sha256:00"));
    after(0, new DeployEvent.WaitingForTurn());
    after(99, new DeployEvent.WaitedForTurn(Duration.ZERO));
    after(0, new DeployEvent.HookStarted(Hook.Phase.PRE, "true"));
    after(5, new DeployEvent.HookEnded(Hook.Phase.PRE, "true", Optional.of(0), Duration.ZERO));
    after(6, new DeployEvent.Extracted(1, 1, Duration.ZERO));
    after(7, new DeployEvent.HookStarted(Hook.Phase.POST, "true"));
    after(8, new DeployEvent.HookStarted(Hook.Phase.HEALTH, "true"));
    after(9, new DeployEvent.Succeeded(Duration.ZERO));
    after(9, new DeployEvent.Done());

    assertThat(times)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Stage.MANIFEST, 1L,
                Stage.LOCK, 2L,
                Stage.FETCH, 3L,
                Stage.VERIFY, 4L,
                Stage.PRE, 5L,
                Stage.EXTRACT, 6L,
                Stage.SYNC, 7L,
                Stage.POST, 8L,
                Stage.HEALTH, 9L));
  }
}
