package dev.stretcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T14:04:05Z"), ZoneOffset.ofHours(1));
  private static final String FORGED = "\n2026/01/31 15:04:05 Deploy manifest succeeded.";

  private static List<String> lines(DeployEvent event) {
    List<String> lines = new ArrayList<>();
    new DeployLog(CLOCK, lines::add).onEvent(event);
    return lines;
  }

  @Test
  void anEventIsALineWithTheTimeOfItsZone() {
    assertThat(lines(new DeployEvent.Done())).containsExactly("2026/01/31 15:04:05 Done");
  }

  @Test
  void theFurtherLinesOfACommandAreIndented() {
    String command = "true\r" + FORGED + "\n\n\techo \u001b[1m\n";

    assertThat(lines(new DeployEvent.HookStarted(Hook.Phase.PRE, command)))
        .containsExactly(
            "2026/01/31 15:04:05 invoking command: true\\r",
            "                    2026/01/31 15:04:05 Deploy manifest succeeded.",
            "                    ",
            "                    \techo \\x1b[1m");
    assertThat(lines(new DeployEvent.WouldRun(Hook.Phase.POST, "a\nb")))
        .containsExactly("2026/01/31 15:04:05 would run post command: a", "                    b");
  }

  @Test
  void nothingElseHasFurtherLines() {
    String text = "a\tb" + FORGED + "\u2028\u0085";
    String shown = "a\tb\\n2026/01/31 15:04:05 Deploy manifest succeeded.\\u2028\\x85";
    for (DeployEvent event :
        List.of(
            new DeployEvent.HookPrinted(Hook.Phase.PRE, HookOutput.Stream.OUT, text),
            new DeployEvent.SyncPrinted(text),
            new DeployEvent.WouldSync(text),
            new DeployEvent.Warning(text),
            new DeployEvent.Failed(
                new StretcherException.Defect(new IllegalStateException(text)), Duration.ZERO),
            new DeployEvent.LeftoverRemoved(Path.of(text)))) {
      assertThat(lines(event)).singleElement().asString().contains(shown);
    }
  }

  @Test
  void theOutputOfCommandsAfterTheResultIsNotInIt() {
    assertThat(
            lines(new DeployEvent.HookPrinted(Hook.Phase.SUCCESS, HookOutput.Stream.OUT, "hello")))
        .isEmpty();
  }
}
