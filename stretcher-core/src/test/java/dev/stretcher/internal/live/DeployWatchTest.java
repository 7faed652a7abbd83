package dev.stretcher.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployWatchTest {
  @TempDir Path directory;
  private Path state;
  private Deploys deploys;
  private DeployWatch watch;

  @BeforeEach
  void watch() {
    state = directory.resolve("state");
    deploys = new Deploys(Ledger.in(state));
    watch = new DeployWatch(Ledger.in(state));
  }

  private void deploy(String id, String dest) throws IOException {
    deploys.add(id, dest, "aa", Outcome.SUCCEEDED);
  }

  @Test
  void thereIsNothingWithoutALedger() throws Exception {
    assertThat(watch.ended()).isEmpty();
  }

  @Test
  void theFirstTimeItSaysTheLastDeployOfEachDest() throws Exception {
    deploy("1", "/a");
    deploy("2", "/b");
    deploy("3", "/a");

    assertThat(watch.ended()).isEqualTo(Map.of("/a", "3", "/b", "2"));
    assertThat(watch.ended()).isEmpty();
  }

  @Test
  void laterItSaysOnlyWhatHasCome() throws Exception {
    deploy("1", "/a");
    watch.ended();
    deploy("2", "/b");
    deploys.add("3", "/b", "aa", Outcome.FAILED);

    assertThat(watch.ended()).isEqualTo(Map.of("/b", "3"));
  }

  @Test
  void aLedgerThatWasRemovedBeginsAnew() throws Exception {
    deploy("1", "/a");
    watch.ended();
    Files.delete(state.resolve("ledger.jsonl"));
    assertThat(watch.ended()).isEmpty();
    deploy("2", "/a");

    assertThat(watch.ended()).isEqualTo(Map.of("/a", "2"));
  }

  @Test
  void whatCouldNotBeReadIsSaidLater() throws Exception {
    deploy("1", "/a");
    Path ledger = state.resolve("ledger.jsonl");
    byte[] content = Files.readAllBytes(ledger);
    Files.delete(ledger);
    Files.createDirectory(ledger);
    assertThatThrownBy(watch::ended).isInstanceOf(IOException.class);
    Files.delete(ledger);
    Files.write(ledger, content);

    assertThat(watch.ended()).isEqualTo(Map.of("/a", "1"));
  }
}
