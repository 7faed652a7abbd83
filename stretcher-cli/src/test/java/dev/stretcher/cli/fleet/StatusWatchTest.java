package dev.stretcher.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.Condition;
import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.process.Background;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusWatchTest {
  private static final String KEY = FleetKeys.HOSTS + "web-1/shop";
  private static final String CLEAR = "\033[H\033[2J\033[3J";

  private final StoreInMemory store = new StoreInMemory();
  private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();
  private volatile List<String> lines = List.of("host state", "web-1 idle", "web-2 live");
  private Background<StatusWatchTest, IOException> watching;
  private PipedInputStream screen;

  @AfterEach
  void end() {
    if (watching != null) {
      watching.close();
    }
  }

  private static PrintStream stream(java.io.OutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private void watch(boolean terminal) throws Exception {
    screen = new PipedInputStream();
    PrintStream out = stream(new PipedOutputStream(screen));
    StatusWatch watch = new StatusWatch(store, out, stream(warnings), terminal);
    watching =
        Background.start(
            "watch",
            () -> {
              watch.run(() -> lines);
              return this;
            });
  }

  private void change(String... now) throws Exception {
    lines = List.of(now);
    store.put(KEY, String.join("\n", now));
  }

  private void assertNext(String text) throws Exception {
    byte[] bytes = screen.readNBytes(text.getBytes(StandardCharsets.UTF_8).length);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void aTerminalIsClearedAndAllIsPrintedAgain() throws Exception {
    watch(true);
    assertNext(CLEAR + "host state\nweb-1 idle\nweb-2 live\n");
    change("host state", "web-1 live", "web-2 live");

    assertNext(CLEAR + "host state\nweb-1 live\nweb-2 live\n");
  }

  @Test
  void aPipeGetsWhatIsNewAlsoAfterTheStoreWasAway() throws Exception {
    watch(false);
    assertNext("host state\nweb-1 idle\nweb-2 live\n");
    store.goAway();
    Condition.await(() -> warnings.size() > 0);
    store.comeBack();
    change("host state", "web-1 live", "web-2 live");

    assertNext("web-1 live\n");
    assertThat(warnings.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "Warning: the store memory://test cannot be asked, and is asked again:"
                + " connection refused\n");
  }

  @Test
  void thatTimePassesIsNoNews() throws Exception {
    lines = List.of("{\"app\":\"shop\",\"live\":1,\"at\":\"1\"}");
    watch(false);
    assertNext("{\"app\":\"shop\",\"live\":1,\"at\":\"1\"}\n");
    change("{\"app\":\"shop\",\"live\":1,\"at\":\"2\"}");
    change("{\"app\":\"shop\",\"live\":2,\"at\":\"3\"}");

    assertNext("{\"app\":\"shop\",\"live\":2,\"at\":\"3\"}\n");
  }

  @Test
  void aStoreThatWasNeverThereIsAnError() {
    store.goAway();
    StatusWatch watch = new StatusWatch(store, stream(warnings), stream(warnings), false);

    assertThatThrownBy(() -> watch.run(() -> lines)).isInstanceOf(IOException.class);
  }

  @Test
  void itEndsWhenNobodyReadsAnyMore() throws Exception {
    PrintStream closed = stream(new PipedOutputStream());

    new StatusWatch(store, closed, stream(warnings), false).run(() -> lines);
    assertThat(closed.checkError()).isTrue();
  }
}
