package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state directory on a disk of its own, which takes nothing any more. */
class StateDiskTest extends AgentFixture {
  @BeforeEach
  void mountASmallDisk() throws Exception {
    Files.createDirectory(state);
    assumeTrue(
        Tools.isDone("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", state.toString()),
        "only root can mount a small disk");
    desire(1, "v1");
  }

  @AfterEach
  void unmount() throws Exception {
    end();
    Tools.isDone("umount", state.toString());
  }

  private void fill() throws IOException {
    Path filler = state.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private void writeProtect() throws Exception {
    assertThat(Tools.isDone("mount", "-o", "remount,ro", state.toString())).isTrue();
  }

  @Test
  void anAgentGoesOnWhenItIsFull() throws Exception {
    start();
    await(HostState.LIVE, 1);
    fill();
    desire(2, "v2");
    await(HostState.LIVE, 2);
    desire(3, "v3");
    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v3");
    assertThat(warnings)
        .filteredOn(text -> text.contains("cannot be remembered"))
        .hasSize(1)
        .first()
        .asString()
        .contains("fleet/shop.json: No space left on device");
    Files.delete(state.resolve("filler"));
    desire(4, "v4");
    await(HostState.LIVE, 4);
    end();
    forget();
    start();

    await(HostState.LIVE, 4);
    assertThat(states()).containsExactly(HostState.LIVE);
  }

  @Test
  void whatTheLedgerCouldNotTakeIsNotForgottenOnceThereIsRoom() throws Exception {
    start();
    await(HostState.LIVE, 1);
    fill();
    desire(2, "v2");
    await(HostState.LIVE, 2);
    Files.delete(state.resolve("filler"));
    Path memory = state.resolve("fleet/shop.json");
    // The agent is woken by a key that it does not follow.
    store.put(FleetKeys.desired(SHOP) + "2", "");
    while (!Files.readString(memory).contains("\"outcome\":\"live\"")
        || !Files.readString(memory).contains("\\\"id\\\":\\\"v2\\\"")) {
      Thread.onSpinWait();
    }
    end();
    desire(3, "v1");
    start();

    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void anAgentStartsWhenItIsEmptyAndWriteProtected() throws Exception {
    writeProtect();
    start();
    await(HostState.LIVE, 1);
    desire(2, "v2");
    await(HostState.LIVE, 2);

    assertThat(deployed()).isEqualTo("v2");
    assertThat(warnings)
        .anyMatch(text -> text.contains("nothing keeps a second agent"))
        .filteredOn(text -> text.contains("cannot be remembered"))
        .hasSize(1);
  }

  @Test
  void anAgentKnowsWhatIsLiveWhenItIsWriteProtected() throws Exception {
    start();
    await(HostState.LIVE, 1);
    end();
    forget();
    writeProtect();
    start();

    await(HostState.LIVE, 1);
    assertThat(states()).containsExactly(HostState.LIVE);
  }
}
