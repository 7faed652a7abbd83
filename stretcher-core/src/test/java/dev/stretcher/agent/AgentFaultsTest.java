package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stores that are away or say nonsense, and disks that take nothing. */
class AgentFaultsTest extends AgentFixture {
  private void live(String version) throws Exception {
    desire(5, version);
    start();
    await(HostState.LIVE, 5);
  }

  @Test
  void deploysWhatWasDesiredLastIfTheStoreIsAwayAtTheStart() throws Exception {
    live("v1");
    end();
    Files.delete(dest.resolve("version"));
    Files.delete(dest);
    store.goAway();
    start();

    await(HostState.LIVE, 5);
    awaitReady();
    assertThat(deployed()).isEqualTo("v1");
    assertThat(storeNews).containsExactly("lost: connection refused");
  }

  @Test
  void deploysWhatWasDesiredLastIfTheStoreHangsAtTheStart() throws Exception {
    live("v1");
    end();
    Files.delete(dest.resolve("version"));
    Files.delete(dest);
    store.stall();
    start();
    // It gives the store some time, and looks for deploys of others.
    pauses.awaitLater(2);
    assertThat(states()).isEmpty();
    pauses.pass();

    await(HostState.LIVE, 5);
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void waitsForAStoreThatIsAwayIfItRemembersNothing() throws Exception {
    store.goAway();
    start();
    pauses.awaitSleeping();
    assertThat(await(status -> status.state() == HostState.IDLE).generation()).isZero();
    store.comeBack();
    desire(1, "v1");
    pauses.pass();

    await(HostState.LIVE, 1);
    assertThat(storeNews).containsExactly("lost: connection refused", "found");
  }

  @Test
  void writesItsStatusWhenTheStoreIsBack() throws Exception {
    StoreInMemory own = store.another();
    java.util.concurrent.CountDownLatch fetching = new java.util.concurrent.CountDownLatch(1);
    hooks =
        hook -> {
          store.goAway();
          fetching.countDown();
          return 0;
        };
    desire(1, "v1", "commands: {pre: [stop]}");
    start(builder(own, SHOP).build());
    fetching.await();
    await(HostState.LIVE, 1);
    assertThat(deployed()).isEqualTo("v1");
    pauses.awaitSleeping();
    assertThat(store.text(FleetKeys.host(NODE, SHOP)).orElse("")).doesNotContain("\"live\",");
    store.comeBack();
    pauses.pass();

    assertThat(stored(HostState.LIVE).live()).contains("v1");
  }

  @Test
  void keepsWhatItHasWhenTheStoreSaysNonsense() throws Exception {
    live("v1");
    URI manifest = publish("v2", "");
    String good = desired(6, "v2", manifest).json();
    for (String[] each :
        List.of(
            new String[] {"", "not a JSON object"},
            new String[] {"{", "no news"},
            new String[] {good.replace("\"v\":1", "\"v\":2"), "version 2"},
            new String[] {"x".repeat(500_000), "larger than"},
            new String[] {good.replace("\"shop\"", "\"bank\""), "of the app bank"},
            new String[] {good.replaceAll("#sha256=[0-9a-f]*", ""), "#sha256="},
            new String[] {desired(4, "v2", manifest).json(), "older than 5"},
            new String[] {desired(5, "v2", manifest).json(), "another content"})) {
      store.put(FleetKeys.desired(SHOP), each[0]);
      awaitWarning(each[1]);
    }
    store.write(List.of(dev.stretcher.store.Change.delete(FleetKeys.desired(SHOP))));
    awaitWarning("the store has none; v1 stays");
    assertThat(deployed()).isEqualTo("v1");
    store.put(FleetKeys.desired(SHOP), good);

    await(HostState.LIVE, 6);
  }

  @Test
  void goesNotBackWithAStoreThatWasRestored() throws Exception {
    desire(1, "v0");
    StoreInMemory.Snapshot early = store.snapshot();
    live("v1");
    store.restore(early);
    awaitWarning("its generation 1 is older than 5");
    desire(6, "v2");

    await(HostState.LIVE, 6);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void goesOnIfTheStateDirectoryTakesNothing() throws Exception {
    Files.createDirectories(state);
    Files.writeString(state.resolve("fleet"), "no directory");
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    desire(2, "v2");

    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
    assertThat(warnings).filteredOn(text -> text.contains("cannot be remembered")).hasSize(1);
    assertThat(warnings).anyMatch(text -> text.contains("nothing keeps a second agent"));
  }

  @Test
  void doesWithoutAMemoryThatIsDamaged() throws Exception {
    live("v1");
    end();
    forget();
    Files.writeString(state.resolve("fleet/shop.json"), "{\"v\":1,");
    start();

    await(HostState.LIVE, 5);
    assertThat(states()).containsExactly(HostState.LIVE);
    assertThat(warnings).anyMatch(text -> text.contains("is damaged"));
  }

  @Test
  void deploysAgainWhatAKilledDeployMayHaveChanged() throws Exception {
    live("v1");
    end();
    forget();
    java.nio.file.Path file = state.resolve("fleet/shop.json");
    Files.writeString(
        file, Files.readString(file).replace("\"step\":\"NONE\"", "\"step\":\"BEGUN\""));
    start();

    await(HostState.LIVE, 5);
    assertThat(states()).contains(HostState.FETCHING);
  }

  @Test
  void asecondAgentOfAnAppSaysWhoHasIt() throws Exception {
    live("v1");

    assertThatThrownBy(() -> builder(store, SHOP).build().run())
        .isInstanceOf(AlreadyRunningException.class)
        .hasMessageContaining("this process holds")
        .hasMessageContaining("shop.lock");
    end();
    assertThat(state.resolve("fleet/shop.lock")).doesNotExist();
  }

  @Test
  void convergesOnceAndEnds() throws Exception {
    desire(1, "v1");

    assertThat(builder(store, SHOP).build().once(Duration.ofSeconds(20))).isTrue();
    assertThat(deployed()).isEqualTo("v1");
    assertThat(stored(HostState.LIVE).live()).contains("v1");
    desire(2, "v2", "commands: {pre: [bad]}");
    assertThat(builder(store, SHOP).build().once(Duration.ofSeconds(20))).isFalse();
    store.goAway();
    assertThat(builder(store, SHOP).build().once(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void theGateOpensForWhatIsDesiredAndLive() throws Exception {
    Gate gate =
        new Gate(
            store,
            state,
            dest -> {
              throw new java.io.IOException("no releases");
            },
            dev.stretcher.policy.Policy.OPEN,
            java.time.Clock.systemUTC());
    Duration day = Duration.ofDays(1);
    assertThat(gate.ask(SHOP, day).answer()).isEqualTo(Gate.Answer.NOT_KNOWN);
    live("v1");
    end();
    assertThat(gate.ask(SHOP, day).answer()).isEqualTo(Gate.Answer.MAY_START);
    DesiredState newer = desire(6, "v2");
    assertThat(gate.ask(SHOP, day))
        .returns(Gate.Answer.MAY_NOT_START, Gate.Decision::answer)
        .returns(java.util.Optional.of("v1"), Gate.Decision::live)
        .returns(java.util.Optional.of(newer.id()), Gate.Decision::desired);
    store.goAway();
    assertThat(gate.ask(SHOP, day).answer()).isEqualTo(Gate.Answer.MAY_START);
    assertThat(gate.ask(SHOP, Duration.ofSeconds(-1)).answer()).isEqualTo(Gate.Answer.NOT_KNOWN);

    store.stall();
    Gate.Decision remembered = gate.ask(SHOP, day, Duration.ofMillis(1));
    assertThat(remembered.answer()).isEqualTo(Gate.Answer.MAY_START);
    assertThat(remembered.reason()).contains("has not answered within 1ms");
    store.comeBack();

    Why why =
        Why.of(
            SHOP,
            store,
            state,
            dest -> {
              throw new java.io.IOException("no releases");
            },
            dev.stretcher.policy.Policy.OPEN);
    assertThat(why.live()).contains("v1");
    assertThat(why.desired()).contains(newer);
    assertThat(why.deploys()).hasSize(1);
  }

  @Test
  void commandsOfADeployFindTheGateOpen() throws Exception {
    List<Gate.Answer> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
    Gate gate =
        new Gate(
            store,
            state,
            dest -> List.of(),
            dev.stretcher.policy.Policy.OPEN,
            java.time.Clock.systemUTC());
    hooks =
        hook -> {
          boolean pre = hook.command().equals("pre");
          Gate.Answer answer = gate.ask(SHOP, Duration.ofDays(1)).answer();
          // What the agent remembers is written beside the deploy.
          while (!pre && answer != Gate.Answer.MAY_START) {
            Thread.onSpinWait();
            answer = gate.ask(SHOP, Duration.ofDays(1)).answer();
          }
          answers.add(answer);
          return 0;
        };
    desire(1, "v1", "commands: {pre: [pre], post: [post]}");
    start();
    await(HostState.LIVE, 1);

    assertThat(answers).containsExactly(Gate.Answer.MAY_NOT_START, Gate.Answer.MAY_START);
  }

  @Test
  void statusesStaySmall() throws Exception {
    hooks =
        hook -> {
          throw new java.io.IOException("\u0001é€".repeat(3000));
        };
    desire(1, "v1", "commands: {pre: [bad]}");
    start();
    HostStatus status = await(HostState.FAILED, 1);

    assertThat(status.json().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(HostStatus.MAX_BYTES);
    stored(HostState.FAILED);
    assertThat(store.text(FleetKeys.dashboard(NODE, SHOP)).orElseThrow().getBytes("UTF-8").length)
        .isLessThanOrEqualTo(4096);
    assertThat(store.text(FleetKeys.log(NODE, SHOP)).orElseThrow().getBytes("UTF-8").length)
        .isLessThanOrEqualTo(32 * 1024);
  }
}
