package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookEnvironmentTest extends StretcherFixture {
  private static final String PRINT = "'env | grep ^STRETCHER_ | sort'";

  @Test
  void commandsKnowWhichDeployTheyArePartOf() throws Exception {
    putApp(
        "commands: {pre: [%s], success: [%s]}\nenv: {STRETCHER_DEST: mine}"
            .formatted(PRINT, PRINT));
    try (Stretcher stretcher = stretcher().build()) {
      stretcher.deploy(MANIFEST);
    }
    List<String> printed = printed();
    assertThat(printed)
        .contains("STRETCHER_DEST=" + directory.resolve("app"))
        .contains("STRETCHER_MANIFEST_URL=mem:/app.yml", "STRETCHER_SRC=mem:/app.tar")
        .contains("STRETCHER_STATUS=running", "STRETCHER_STATUS=success")
        .anyMatch(line -> line.matches("STRETCHER_CHECKSUM=sha256:[0-9a-f]{64}"))
        .noneMatch(line -> line.startsWith("STRETCHER_ERROR"));
    assertThat(printed.stream().filter(line -> line.startsWith("STRETCHER_DEPLOY_ID=")).distinct())
        .singleElement()
        .asString()
        .hasSizeGreaterThan(40);
  }

  @Test
  void failureCommandsKnowWhatFailedHoweverLongThatIs() throws Exception {
    String endless = "exit 3 # " + "x".repeat(200_000);
    putApp("commands: {pre: ['exit 3 # %s'], failure: [%s]}".formatted("x".repeat(9000), PRINT));
    deployFails();
    assertThat(printed())
        .contains("STRETCHER_STATUS=failure", "STRETCHER_FAILED_STAGE=pre")
        .anyMatch(line -> line.startsWith("STRETCHER_ERROR=pre command 'exit 3 # xxx"));

    putApp("commands: {pre: ['%s'], failure: ['echo told']}".formatted(endless));
    deployFails();
    assertThat(printed()).contains("told");
  }

  @Test
  void theVariablesOfAnotherDeployAreNotTheirs() throws Exception {
    memory.put(
        "/app.yml",
        "commands: {pre: [%s]}\nenv: {STRETCHER_SRC: mine}\n"
            .formatted(PRINT)
            .getBytes(StandardCharsets.UTF_8));
    Map<String, String> outer = new HashMap<>(System.getenv());
    outer.put("STRETCHER_DEST", "/outer");
    outer.put("STRETCHER_ERROR", "outer");
    try (Stretcher stretcher = stretcher().environment(outer).build()) {
      stretcher.deploy(MANIFEST);
    }
    assertThat(printed())
        .contains("STRETCHER_STATUS=running")
        .noneMatch(line -> line.matches("STRETCHER_(DEST|ERROR|SRC)=.*"));
  }

  private void deployFails() {
    try (Stretcher stretcher = stretcher().build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST))
          .isInstanceOf(StretcherException.HookFailed.class);
    }
  }

  private List<String> printed() {
    return events.stream()
        .filter(DeployEvent.HookPrinted.class::isInstance)
        .map(DeployEvent::message)
        .toList();
  }
}
