package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.Minisign;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.TrustedKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Desired states that must be signed, by the real minisign. */
class SignedDesiredTest extends AgentFixture {
  @TempDir Path ours;
  @TempDir Path others;

  private Minisign minisign;

  @BeforeEach
  void makeKeys() throws Exception {
    minisign = Minisign.in(ours);
  }

  private static DesiredState signed(DesiredState desired, String signature) {
    return new DesiredState(
        desired.app(),
        desired.generation(),
        desired.id(),
        desired.manifest(),
        desired.previous(),
        desired.by(),
        desired.at(),
        desired.rules(),
        Optional.of(signature));
  }

  private DesiredState signed(DesiredState desired, Minisign by) throws Exception {
    Path file = Files.write(directory.resolve("signed"), desired.signedText());
    return signed(desired, Files.readString(by.sign(file)));
  }

  private void write(DesiredState desired) throws Exception {
    store.put(FleetKeys.desired(SHOP), desired.json());
  }

  private static Policy trusting(String key) {
    return new Policy(
        List.of(), List.of(), List.of(), Optional.empty(), List.of(TrustedKey.parse(key)));
  }

  private void startTrusting(String key) {
    start(builder(store, SHOP).policy(trusting(key)).build());
  }

  private DesiredState live() throws Exception {
    DesiredState good = signed(desired(5, "v1", publish("v1", "")), minisign);
    write(good);
    startTrusting(minisign.publicKey());
    await(HostState.LIVE, 5);
    return good;
  }

  @Test
  void whatIsNotSignedByAKnownKeyIsNoNews() throws Exception {
    DesiredState good = live();
    DesiredState next = desired(6, "v2", publish("v2", ""));
    String valid = signed(next, minisign).signature().orElseThrow();
    for (String[] each :
        new String[][] {
          {next.json(), "it is not signed, and require_signature asks for it; v1 stays"},
          {
            signed(desired(7, "v2", next.manifest()), valid).json(),
            "its signature is wrong, it or the signature was changed; v1 stays"
          },
          {
            signed(next, Minisign.in(others)).json(),
            "which require_signature does not name; v1 stays"
          },
          {signed(next, "untrusted comment: x\nAAAA").json(), "none of minisign; v1 stays"},
          {
            signed(desired(8, "v3", good.manifest()), good.signature().orElseThrow()).json(),
            "its signature is wrong"
          },
          {signed(next, valid.substring(0, 40)).json(), "none of minisign; v1 stays"}
        }) {
      warnings.clear();
      store.put(FleetKeys.desired(SHOP), each[0]);
      awaitWarning(each[1]);
      askAgain();
      assertThat(warnings).hasSize(1);
    }
    assertThat(deployed()).isEqualTo("v1");
    assertThat(stored(HostState.LIVE).generation()).isEqualTo(5);
    write(signed(next, minisign));

    await(HostState.LIVE, 6);
    assertThat(deployed()).isEqualTo("v2");
  }

  /** Wakes the agent by a key that it does not follow, until it has looked. */
  private void askAgain() throws Exception {
    int calls = store.calls();
    store.put(FleetKeys.desired(SHOP) + "2", Integer.toString(calls));
    while (store.calls() < calls + 2 || store.watching() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anOldSignatureBringsNothingBack() throws Exception {
    DesiredState old = live();
    write(signed(desired(6, "v2", publish("v2", "")), minisign));
    await(HostState.LIVE, 6);
    write(old);
    awaitWarning("its generation 5 is older than 6");
    write(signed(desired(7, "v1", old.manifest()), old.signature().orElseThrow()));
    awaitWarning("its signature is wrong");

    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void whatIsRememberedIsNotBelievedIfItsKeyIsTrustedNoMore() throws Exception {
    live();
    end();
    forget();
    Files.delete(dest.resolve("version"));
    Files.delete(dest);
    Minisign newer = Minisign.in(others);
    store.goAway();
    startTrusting(newer.publicKey());

    HostStatus idle = await(status -> status.state() == HostState.IDLE);
    assertThat(idle.error().orElseThrow()).contains("which require_signature does not name");
    assertThat(warnings)
        .filteredOn(text -> text.contains("what was desired last is not believed"))
        .hasSize(1);
    assertThat(dest).doesNotExist();
    store.comeBack();
    write(signed(desired(6, "v2", publish("v2", "")), newer));
    pauses.pass();
    await(HostState.LIVE, 6);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void whatIsKnownIsSignedAnewByANewKey() throws Exception {
    DesiredState good = live();
    end();
    forget();
    Files.delete(dest.resolve("version"));
    Files.delete(dest);
    Minisign newer = Minisign.in(others);
    write(signed(good, newer));
    startTrusting(newer.publicKey());

    await(HostState.LIVE, 5);
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void aRetryDeploysNothingThatIsNotBelieved() throws Exception {
    live();
    end();
    forget();
    Files.delete(dest.resolve("version"));
    Files.delete(dest);
    Minisign newer = Minisign.in(others);
    HostAgent agent = start(builder(store, SHOP).policy(trusting(newer.publicKey())).build());
    await(status -> status.state() == HostState.IDLE);
    agent.retry();
    write(signed(desired(6, "v2", publish("v2", "")), newer));
    await(HostState.LIVE, 6);

    assertThat(statuses).noneMatch(status -> status.generation() == 5);
  }

  @Test
  void aDeployByHandBesideWhatIsNotBelievedIsNoNews() throws Exception {
    live();
    end();
    forget();
    Minisign newer = Minisign.in(others);
    startTrusting(newer.publicKey());
    await(status -> status.state() == HostState.IDLE);
    try (Stretcher stretcher = stretcher(SHOP, event -> {})) {
      stretcher.deploy(publish("v2", ""));
    }
    pauses.pass();
    write(signed(desired(6, "v3", publish("v3", "")), newer));

    await(HostState.LIVE, 6);
    assertThat(deployed()).isEqualTo("v3");
    assertThat(states()).doesNotContain(HostState.SUPERSEDED, HostState.FAILED);
  }

  @Test
  void aGenerationThatIsNotBelievedIsNotInTheWayOfALowerOne() throws Exception {
    live();
    end();
    forget();
    Minisign newer = Minisign.in(others);
    write(signed(desired(2, "v2", publish("v2", "")), newer));
    startTrusting(newer.publicKey());

    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void theGateSaysWhatItGoesBy() throws Exception {
    live();
    write(desired(6, "v2", publish("v2", "")));
    Gate gate =
        new Gate(
            store, state, place -> List.of(), trusting(minisign.publicKey()), Clock.systemUTC());

    Gate.Decision decision = gate.ask(SHOP, Duration.ofDays(1));
    assertThat(decision.answer()).isEqualTo(Gate.Answer.MAY_START);
    assertThat(decision.reason())
        .isEqualTo(
            "v1 is desired and live; what the store has is no news (it is not signed, and"
                + " require_signature asks for it), and what the agent remembers counts");
  }

  @Test
  void theGateDoesNotGoByWhatIsNotBelieved() throws Exception {
    live();
    end();
    store.goAway();
    Gate gate =
        new Gate(
            store,
            state,
            place -> List.of(),
            trusting(Minisign.in(others).publicKey()),
            Clock.systemUTC());

    assertThat(gate.ask(SHOP, Duration.ofDays(1)).answer()).isEqualTo(Gate.Answer.NOT_KNOWN);
  }
}
