package dev.stretcher.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {
  @Test
  void withoutFlagsItIsTheFullMeasurementOfTree() {
    assertThat(Flags.parse()).isEqualTo(Options.DEFAULT);
  }

  @Test
  void eachFlagSetsItsOption() {
    assertThat(
            Flags.parse(
                "--strategy=rsync",
                "--scale=0.5",
                "--warm-ups=1",
                "--runs=2",
                "--directory=/mnt",
                "--write",
                "--repository=/src"))
        .isEqualTo(new Options("rsync", 0.5, 1, 2, Path.of("/mnt"), true, Path.of("/src")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--quick", "--runs", "--write=yes", "--runs=0", "--runs=x", "--scale=0"})
  void whatIsNotKnownIsRefused(String flag) {
    assertThatThrownBy(() -> Flags.parse(flag)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCommandIsWhatAPersonTypes() {
    assertThat(Flags.command("sync.sh", "--repository=/src", "--runs=3", "--write"))
        .isEqualTo("examples/benchmarks/sync.sh --runs=3 --write");
  }
}
