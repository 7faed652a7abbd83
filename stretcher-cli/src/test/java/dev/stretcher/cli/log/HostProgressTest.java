package dev.stretcher.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a wait for a fleet shows. */
class HostProgressTest {
  @Test
  void elsewhereThanOnATerminalALineComesNowAndThen() throws InterruptedException {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    PrintStream err =
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8) {
          @Override
          public void println(String line) {
            lines.add(line);
          }
        };
    try (HostProgress progress = new HostProgress(err, false, 1)) {
      progress.show(1, 3, "1 of 3 hosts");
      assertThat(lines.take()).isEqualTo("1 of 3 hosts");
      assertThat(lines.take()).isEqualTo("1 of 3 hosts");
    }
  }

  @Test
  void onATerminalThereIsABarThatMakesWayForALineAndGoes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (HostProgress progress =
        new HostProgress(new PrintStream(bytes, true, UTF_8), true, 10_000)) {
      progress.show(1, 3, "1 of 3 hosts");
      progress.say("The store can be asked again");
      progress.show(2, 3, "2 of 3 hosts");
    }
    assertThat(bytes.toString(UTF_8)).contains("Waiting", "The store can be asked again");
  }
}
