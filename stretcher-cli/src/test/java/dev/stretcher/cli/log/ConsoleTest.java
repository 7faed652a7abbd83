package dev.stretcher.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final String MENTION = Settings.RETRY.mention();

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private String logged(DeployEvent event) {
    err.reset();
    PrintStream stream = new PrintStream(err, true, UTF_8);
    new Console(stream, stream, FlagNames.ofAnyHost(), Secrets.NONE).onEvent(event);
    return err.toString(UTF_8);
  }

  @Test
  void whatTheLibrarySaysNamesFlags() {
    for (DeployEvent event :
        List.of(
            new DeployEvent.Warning(MENTION),
            new DeployEvent.NotPlanned(MENTION),
            new DeployEvent.RetryScheduled(MENTION, 1, 2, Duration.ZERO))) {
      assertThat(logged(event)).contains("--retry").doesNotContain(MENTION);
    }
  }

  @Test
  void whatOthersSayStaysAsItIs() {
    for (DeployEvent event :
        List.of(
            new DeployEvent.HookStarted(Hook.Phase.PRE, MENTION),
            new DeployEvent.HookPrinted(Hook.Phase.PRE, HookOutput.Stream.OUT, MENTION),
            new DeployEvent.HookPrinted(Hook.Phase.FAILURE, HookOutput.Stream.ERR, MENTION),
            new DeployEvent.SyncPrinted(MENTION),
            new DeployEvent.WouldRun(Hook.Phase.POST, MENTION),
            new DeployEvent.WouldSync(MENTION))) {
      assertThat(logged(event)).contains(MENTION);
    }
  }
}
