package dev.stretcher.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.Tools;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an agent stops following events so that it can be started again. */
@Timeout(60)
class EventsTest {
  @TempDir Path directory;

  private final BlockingQueue<DeployRequest> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch running = new CountDownLatch(1);

  private Events follow() {
    EventSource source =
        new EventSource() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public Optional<DeployRequest> next() throws InterruptedException {
            waiting.countDown();
            return Optional.of(requests.take());
          }
        };
    Events.Log log =
        new Events.Log(
            event -> {
              if (event instanceof DeployEvent.HookStarted) {
                running.countDown();
              }
            });
    Events events = Events.of(Stretcher.builder().listener(log).build(), source, log);
    events.follow();
    return events;
  }

  private void request(String name, String... commands) throws IOException {
    Path manifest = directory.resolve(name + ".yml");
    Files.writeString(manifest, "commands: {pre: ['%s']}\n".formatted(String.join("; ", commands)));
    requests.add(DeployRequest.of(manifest.toUri(), name));
  }

  @Test
  void aDeployThatRunsEndsAndNoOtherBegins() throws Exception {
    Path gate = directory.resolve("gate");
    assertThat(Tools.isDone("mkfifo", gate.toString())).isTrue();
    request("slow", "cat " + gate, "touch " + directory.resolve("done"));
    request("other", "touch " + directory.resolve("begun"));

    Events events = follow();
    running.await();
    FutureTask<?> finished =
        new FutureTask<>(
            () -> {
              events.finish();
              return null;
            });
    Thread finishing = new Thread(finished);
    finishing.start();
    while (finishing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    Files.newOutputStream(gate).close();
    finished.get();

    assertThat(directory.resolve("done")).exists();
    assertThat(directory.resolve("begun")).doesNotExist();
    assertThat(requests).hasSize(1);
  }

  @Test
  void whoWaitsForAnEventDoesNotWaitAnyMore() throws Exception {
    Events events = follow();
    waiting.await();

    events.finish();

    assertThat(requests).isEmpty();
  }
}
