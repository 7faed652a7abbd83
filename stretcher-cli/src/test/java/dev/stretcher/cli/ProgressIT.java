package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How far a download is, on a real terminal and where there is none. */
class ProgressIT extends AgentFixture {
  private String manifest() throws Exception {
    byte[] content = new byte[600_000];
    new Random(1).nextBytes(content);
    app.file("big", new String(content, StandardCharsets.ISO_8859_1)).pack();
    return app.manifest("sync_strategy: mv").toString();
  }

  @Test
  void aTerminalShowsABarThatMakesWayForTheLog() throws Exception {
    Tools.require("script");
    String manifest = manifest();
    Path script = Path.of("/usr/bin/script");
    String command =
        "TERM=xterm %s --max-band-width=500k deploy %s".formatted(Launcher.path(), manifest);

    Cli.Result result =
        Launcher.finish(
            Launcher.start(script, List.of("-qec", command, "/dev/null"), "", environment()));

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.out())
        .contains("\rFetching", "%", " MB", "Checksum ok")
        .containsPattern("\r +\r\\d{4}/\\d\\d/\\d\\d .* Read .* bytes in place");
  }

  @Test
  void aLogThatIsNoTerminalHasNone() throws Exception {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("TERM", "xterm");

    Cli.Result result = run(List.of("--max-band-width=500k"), manifest(), environment);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("Checksum ok").doesNotContain("Fetching", "\r");
  }
}
