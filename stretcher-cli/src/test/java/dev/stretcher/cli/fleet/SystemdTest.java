package dev.stretcher.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.monitor.AgentWatch;
import dev.stretcher.contract.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears of an agent. */
class SystemdTest {
  @TempDir private Path directory;

  /** A systemd-notify that writes its arguments into a pipe, and waits for their reader. */
  private Path notifier(Path pipe) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path program = directory.resolve("systemd-notify");
    Files.writeString(
        program, "#!/bin/sh\nprintf '%%s|' \"$NOTIFY_SOCKET\" \"$@\" >%s\n".formatted(pipe));
    program.toFile().setExecutable(true);
    return program;
  }

  @Test
  void readinessAndTheStatusAndTheEnd() throws Exception {
    Path pipe = directory.resolve("pipe");
    Path program = notifier(pipe);
    AgentWatch watch = new AgentWatch("s");
    List<String> heard = new ArrayList<>();
    try (Systemd systemd =
        new Systemd(Map.of("NOTIFY_SOCKET", "/run/n"), program.toString(), watch, text -> {})) {
      watch.onStoreLost("gone");
      systemd.onStoreLost("gone");
      heard.add(Files.readString(pipe));
      watch.onStoreFound();
      watch.onReady();
      systemd.onReady();
      heard.add(Files.readString(pipe));
      Thread end = new Thread(systemd::close);
      end.start();
      heard.add(Files.readString(pipe));
      end.join();
      Files.delete(pipe);
      Files.createFile(pipe);
    }

    assertThat(heard)
        .containsExactly(
            "/run/n|STATUS=s cannot be asked|",
            "/run/n|READY=1|STATUS=|",
            "/run/n|STOPPING=1|STATUS=ending|");
  }

  @Test
  void withoutTheProgramThereIsAWarningAndWithoutASocketNothing() throws Exception {
    BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    String missing = directory.resolve("missing").toString();
    try (Systemd systemd =
        new Systemd(
            Map.of("NOTIFY_SOCKET", "/run/n"), missing, new AgentWatch("s"), warnings::add)) {
      systemd.onReady();
      assertThat(warnings.take()).contains("systemd is not told", missing);
    }
    warnings.clear();
    try (Systemd systemd = new Systemd(Map.of(), missing, new AgentWatch("s"), warnings::add)) {
      systemd.onReady();
    }
    assertThat(warnings).isEmpty();
  }

  /** A systemd-notify that appends its arguments to a file, a line each time. */
  private Path recorder(Path file) throws Exception {
    Path program = directory.resolve("systemd-notify");
    Files.writeString(program, "#!/bin/sh\necho \"$*\" >>%s\n".formatted(file));
    program.toFile().setExecutable(true);
    Files.createFile(file);
    return program;
  }

  private Systemd watching(Path program, String pid) {
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "2000", "WATCHDOG_PID", pid);
    return new Systemd(environment, program.toString(), new AgentWatch("s"), text -> {});
  }

  @Test
  void whereItWatchesTheProcessItHearsWithoutNewsThatTheProcessRuns() throws Exception {
    Path heard = directory.resolve("heard");
    String pid = Long.toString(ProcessHandle.current().pid());
    try (Systemd systemd = watching(recorder(heard), pid)) {
      Condition.await(() -> Files.readAllLines(heard).size() >= 2);
      systemd.onReady();
      Condition.await(() -> Files.readString(heard).contains("READY=1 STATUS= WATCHDOG=1\n"));
    }
    assertThat(Files.readAllLines(heard)).startsWith("WATCHDOG=1", "WATCHDOG=1");
  }

  @Test
  void whereItWatchesAnotherProcessItHearsNothingOfThat() throws Exception {
    Path heard = directory.resolve("heard");
    try (Systemd systemd = watching(recorder(heard), "1")) {
      systemd.onReady();
      Condition.await(() -> !Files.readString(heard).isEmpty());
    }
    assertThat(Files.readAllLines(heard))
        .containsExactly("READY=1 STATUS=", "STOPPING=1 STATUS=ending");
  }
}
