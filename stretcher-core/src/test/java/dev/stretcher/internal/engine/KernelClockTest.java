package dev.stretcher.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.BootTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KernelClockTest {
  @TempDir Path proc;

  private void write(String uptime, String bootId) throws Exception {
    Files.writeString(proc.resolve("uptime"), uptime);
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), bootId);
  }

  @Test
  void readsWhatTheKernelShows() throws Exception {
    write("687.73 972.96\n", "71921297-347d-49c2-bf1e-54fbf4f1ff33\n");
    BootTime time = new KernelClock(proc).sinceBoot().orElseThrow();
    assertThat(time.bootId()).isEqualTo("71921297347d49c2bf1e54fbf4f1ff33");
    assertThat(time.uptime()).isEqualTo(Duration.ofMillis(687_730));
    assertThat(BootTime.parse(time.text())).contains(time);
  }

  @Test
  void doesNotTellTheTimeWhereTheKernelDoesNotShowIt() throws Exception {
    assertThat(new KernelClock(proc.resolve("none")).sinceBoot()).isEmpty();
    write("up for long\n", "71921297-347d-49c2-bf1e-54fbf4f1ff33\n");
    assertThat(new KernelClock(proc).sinceBoot()).isEmpty();
    write("687.73 972.96\n", "\n");
    assertThat(new KernelClock(proc).sinceBoot()).isEmpty();
    assertThat(BootTime.parse("what")).isEmpty();
    assertThat(BootTime.parse("ab".repeat(16) + ".1." + "9".repeat(19))).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ofTwoMomentsOfThisHostTheSecondOneIsLater() {
    BootTime first = KernelClock.ofThisHost().sinceBoot().orElseThrow();
    BootTime second = KernelClock.ofThisHost().sinceBoot().orElseThrow();
    assertThat(second.isAfter(first)).isTrue();
    assertThat(first.isAfter(second)).isFalse();
  }
}
