package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.HookFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookTimeoutTest extends StretcherFixture {
  @Test
  void aCommandThatTakesTooLongIsEndedWithItsChildren() throws Exception {
    Path pid = directory.resolve("pid");
    putApp(
        "commands: {pre: [{run: 'sleep 300 & echo $! > %s; wait', timeout: 2s}]}".formatted(pid));
    try (Stretcher stretcher = stretcher().build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST))
          .isInstanceOf(HookFailed.class)
          .hasMessageContaining("pre command 'sleep 300")
          .hasMessageContaining("did not end within 2s");
    }
    assertThat(stateOf(Files.readString(pid).strip())).isIn("gone", "Z");
    assertThat(directory.resolve("app")).doesNotExist();
  }

  @Test
  void aListHasATimeForAllOfItsCommandsTogether() throws Exception {
    putApp("commands: {post: {run: ['true', 'sleep 300', 'echo never'], timeout: 500ms}}");
    try (Stretcher stretcher = stretcher().build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST))
          .isInstanceOf(HookFailed.class)
          .hasMessageContaining("post command 'sleep 300'")
          .hasMessageContaining("the list that it is in did not end within 500ms");
    }
    assertThat(messages()).doesNotContain("invoking command: echo never");
  }

  @Test
  void aFailureCommandThatTakesTooLongIsOnlyAWarning() throws Exception {
    putApp("commands: {pre: ['false'], failure: [{run: 'sleep 300', timeout: 1ms}]}");
    try (Stretcher stretcher = stretcher().build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST)).hasMessageContaining("'false'");
    }
    assertThat(messages()).anyMatch(line -> line.contains("did not end within 1ms"));
  }

  @Test
  void aCheckShowsTheLimits() throws Exception {
    putApp("commands: {pre: [{run: drain, timeout: 1h}], post: {run: [start], timeout: 90}}");
    try (Stretcher stretcher = stretcher().build()) {
      assertThat(stretcher.check(MANIFEST).steps())
          .contains("pre: drain (within 1h0m0s)", "post, all within 1m30s: start");
    }
  }

  @Test
  void aCommandInTimeIsNotDisturbed() throws Exception {
    putApp("commands: {pre: [{run: 'echo fine', timeout: 1h}]}");
    try (Stretcher stretcher = stretcher().build()) {
      stretcher.deploy(MANIFEST);
    }
    assertThat(messages()).contains("fine");
  }

  /** An orphan stays a zombie where nobody collects it, as in a container without an init. */
  private static String stateOf(String pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (NoSuchFileException e) {
      return "gone";
    }
  }

  private List<String> messages() {
    return events.stream().map(DeployEvent::message).toList();
  }
}
