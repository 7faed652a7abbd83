package dev.stretcher.fleet;

import static dev.stretcher.fleet.FleetFixture.NOW;
import static dev.stretcher.fleet.FleetFixture.ONE;
import static dev.stretcher.fleet.FleetFixture.SHOP;
import static dev.stretcher.fleet.FleetFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  private final FleetFixture it = new FleetFixture();

  private DesiredState rollout(URI manifest, String id) throws Exception {
    return it.fleet.rollout(new RolloutRequest(SHOP, manifest, id, "ci@build"));
  }

  @Test
  void setsWhatIsDesiredWithItsHistoryAndTheUrlAloneForScripts() throws Exception {
    assertThat(it.fleet.desired(SHOP)).isEmpty();
    DesiredState first = rollout(ONE, "1.0");

    assertThat(first)
        .isEqualTo(
            new DesiredState(
                SHOP,
                1,
                "1.0",
                ONE,
                Optional.empty(),
                "ci@build",
                NOW,
                RolloutRules.NONE,
                Optional.empty()));
    assertThat(it.fleet.desired(SHOP)).contains(first);
    assertThat(it.store.text("stretcher/history/shop/0000000001")).contains(first.json());
    assertThat(it.store.text("stretcher/shop/manifest")).contains(ONE.toString());
    KeyValue shown = it.store.get("dashboard/deploy/consul/shop").orElseThrow();
    assertThat(shown.value()).isEqualTo("1.0");
    assertThat(shown.flags()).isEqualTo(NOW.getEpochSecond() * 1000);

    DesiredState second = rollout(TWO, "2.0");

    assertThat(second.generation()).isEqualTo(2);
    assertThat(second.previous()).contains("1.0");
    assertThat(it.store.text("stretcher/shop/manifest")).contains(TWO.toString());
  }

  @Test
  void whatIsDesiredAnewIsANewGenerationAfterTheSameOne() throws Exception {
    rollout(ONE, "1.0");
    rollout(TWO, "2.0");

    DesiredState again = rollout(TWO, "2.0");

    assertThat(again.generation()).isEqualTo(3);
    assertThat(again.previous()).contains("1.0");
  }

  @Test
  void theWayBackIsANewGenerationAndASecondOneTakesItBack() throws Exception {
    assertThatThrownBy(() -> it.fleet.back(SHOP, "me", Optional.empty()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("nothing was desired of shop before");
    rollout(ONE, "1.0");
    assertThatThrownBy(() -> it.fleet.back(SHOP, "me", Optional.empty()))
        .isInstanceOf(NoSuchElementException.class);
    rollout(TWO, "2.0");

    DesiredState back = it.fleet.back(SHOP, "me", Optional.empty());

    assertThat(back)
        .isEqualTo(
            new DesiredState(
                SHOP,
                3,
                "1.0",
                ONE,
                Optional.of("2.0"),
                "me",
                NOW,
                RolloutRules.NONE,
                Optional.empty()));
    assertThat(it.fleet.desired(SHOP)).contains(back);
    assertThat(it.fleet.back(SHOP, "me", Optional.empty()).manifest()).isEqualTo(TWO);
  }

  @Test
  void anIdIsOneContentWhereverItLies() throws Exception {
    rollout(ONE, "1.0");
    rollout(TWO, "2.0");

    assertThatThrownBy(() -> rollout(TWO, "1.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0 is the ID of ", "generation 1 of shop", "another ID");
    DesiredState seen = it.fleet.desired(SHOP).orElseThrow();
    assertThatThrownBy(
            () -> it.fleet.rollout(new RolloutRequest(SHOP, TWO, "1.0", "ci"), Optional.of(seen)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(it.fleet.desired(SHOP)).contains(seen);

    URI mirror = URI.create("https://mirror/shop.yml#" + ONE.getRawFragment());
    assertThat(rollout(mirror, "1.0").manifest()).isEqualTo(mirror);
    assertThat(it.fleet.last(SHOP, "1.0")).map(DesiredState::manifest).contains(mirror);
    assertThat(it.fleet.last(SHOP, "3.0")).isEmpty();
  }

  @Test
  void theWayBackNeedsTheHistory() throws Exception {
    rollout(ONE, "1.0");
    rollout(TWO, "2.0");
    it.store.write(List.of(Change.delete(FleetKeys.history(SHOP, 1))));

    assertThatThrownBy(() -> it.fleet.back(SHOP, "me", Optional.empty()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("the history of shop does not have 1.0 any more");
    assertThat(it.fleet.desired(SHOP)).map(DesiredState::generation).contains(2L);
  }

  @Test
  void fiftyGenerationsStay() throws Exception {
    for (int i = 1; i <= 53; i++) {
      rollout(ONE, Integer.toString(i));
    }

    List<KeyValue> history = it.store.list(FleetKeys.history(SHOP)).entries();
    assertThat(history).hasSize(50);
    assertThat(history.get(0).key()).isEqualTo("stretcher/history/shop/0000000004");
    assertThat(history.get(49).key()).isEqualTo("stretcher/history/shop/0000000053");
  }

  @Test
  void theGenerationGrowsThoughTheStoreHasForgottenIt() throws Exception {
    StoreInMemory.Snapshot empty = it.store.snapshot();
    rollout(ONE, "1.0");
    rollout(TWO, "2.0");
    it.store.write(List.of(Change.delete(FleetKeys.desired(SHOP))));
    assertThat(rollout(ONE, "1.0").generation()).isEqualTo(3);

    it.store.restore(empty);
    it.says("web-1", HostState.LIVE, 3, "1.0");
    it.says("a-liar", HostState.LIVE, Long.MAX_VALUE, "1.0");
    it.store.put("stretcher/hosts/web-2/shop", "half a stat");

    assertThat(rollout(TWO, "2.0").generation()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.yml#sha256=" + "x",
        "https://example.com/app.yml",
        "https://example.com/app.yml#sha256=12",
        "/app.yml"
      })
  void refusesAManifestThatNoHostWouldDeploy(String url) {
    assertThatThrownBy(() -> rollout(URI.create(url), "1.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("#sha256=");
    assertThat(it.store.snapshot().entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "a b", "-x"})
  void refusesAnIdThatIsNone(String id) {
    assertThatThrownBy(() -> rollout(ONE, id)).isInstanceOf(IllegalArgumentException.class);
    assertThat(it.store.snapshot().entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "<html>",
        "{\"v\":2,\"app\":\"shop\",\"generation\":9,\"id\":\"x\"}",
        "{\"v\":1,\"app\":\"shop\"}"
      })
  void overwritesNothingThatItDoesNotKnow(String found) throws Exception {
    it.store.put(FleetKeys.desired(SHOP), found);

    assertThatThrownBy(() -> rollout(ONE, "1.0"))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("stretcher/desired/shop");
    assertThatThrownBy(() -> it.fleet.back(SHOP, "me", Optional.empty()))
        .isInstanceOf(MalformedValueException.class);
    assertThatThrownBy(() -> it.fleet.desired(SHOP)).isInstanceOf(MalformedValueException.class);
    assertThat(it.store.snapshot().entries()).hasSize(1);
  }

  @Test
  void takesNoDesiredStateOfAnotherApp() throws Exception {
    DesiredState shop = rollout(ONE, "1.0");
    AppName other = new AppName("other");
    it.store.put(FleetKeys.desired(other), shop.json());

    assertThatThrownBy(() -> it.fleet.desired(other))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("it is of the app shop");
  }

  @Test
  void ofTwoPublishersOneWinsAndTheOtherHearsWho() throws Exception {
    rollout(ONE, "1.0");
    Meddled meddled =
        new Meddled(
            it.store, () -> it.fleet.rollout(new RolloutRequest(SHOP, TWO, "2.0", "anna@laptop")));

    assertThatThrownBy(
            () -> Fleet.over(meddled).rollout(new RolloutRequest(SHOP, ONE, "3.0", "ci@build")))
        .isInstanceOf(PublishedMeanwhileException.class)
        .hasMessageContaining(
            "anna@laptop set shop to 2.0 meanwhile, generation 2, at 2026-01-31T15:00:00.123Z");
    assertThat(it.fleet.desired(SHOP)).map(DesiredState::id).contains("2.0");
    assertThat(it.store.list(FleetKeys.history(SHOP)).entries()).hasSize(2);
  }

  @Test
  void hearsThatWhatWasDesiredWasRemovedMeanwhile() throws Exception {
    rollout(ONE, "1.0");
    Meddled meddled =
        new Meddled(
            it.store, () -> it.store.write(List.of(Change.delete(FleetKeys.desired(SHOP)))));

    assertThatThrownBy(
            () -> Fleet.over(meddled).rollout(new RolloutRequest(SHOP, TWO, "2.0", "ci")))
        .isInstanceOf(PublishedMeanwhileException.class)
        .hasMessageContaining("removed");
  }

  @Test
  void manyPublishersMakeAsManyGenerationsAsWin() throws Exception {
    int publishers = 4;
    CountDownLatch start = new CountDownLatch(publishers);
    AtomicInteger wins = new AtomicInteger();
    List<FutureTask<Void>> all = new ArrayList<>();
    for (int i = 0; i < publishers; i++) {
      String by = "publisher-" + i;
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                start.countDown();
                start.await();
                for (int n = 0; n < 10; n++) {
                  try {
                    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", by));
                    wins.incrementAndGet();
                  } catch (PublishedMeanwhileException e) {
                    assertThat(e).hasMessageContaining("publisher-");
                  }
                }
                return null;
              });
      all.add(task);
      new Thread(task).start();
    }
    for (FutureTask<Void> each : all) {
      each.get();
    }

    assertThat(it.fleet.desired(SHOP).orElseThrow().generation()).isEqualTo(wins.get());
    assertThat(it.store.list(FleetKeys.history(SHOP)).entries()).hasSize(wins.get());
  }

  @Test
  void aWriteWhoseAnswerWasLostCountsAsDone() throws Exception {
    Lossy lossy = new Lossy(it.store, true);

    DesiredState now = Fleet.over(lossy).rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));

    assertThat(it.fleet.desired(SHOP)).contains(now);
    assertThatThrownBy(
            () ->
                Fleet.over(new Lossy(it.store, false))
                    .rollout(new RolloutRequest(SHOP, TWO, "2.0", "ci")))
        .isInstanceOf(IOException.class)
        .hasMessage("lost");
    assertThat(it.fleet.desired(SHOP)).contains(now);
  }

  @Test
  void aStoreThatIsAwayIsAFailure() {
    it.store.goAway();

    assertThatThrownBy(() -> rollout(ONE, "1.0")).isInstanceOf(IOException.class);
  }

  /** A store that hands on what it is asked, for stores that do one thing otherwise. */
  private abstract static class HandsOn implements KeyValueStore {
    final KeyValueStore store;

    HandsOn(KeyValueStore store) {
      this.store = store;
    }

    @Override
    public String name() {
      return store.name();
    }

    @Override
    public Optional<KeyValue> get(String key) throws IOException, InterruptedException {
      return store.get(key);
    }

    @Override
    public Listing list(String prefix) throws IOException, InterruptedException {
      return store.list(prefix);
    }

    @Override
    public Listing watch(String prefix, long version, Duration most)
        throws IOException, InterruptedException {
      return store.watch(prefix, version, most);
    }

    @Override
    public Lease lease(String purpose, Duration ttl) throws IOException, InterruptedException {
      return store.lease(purpose, ttl);
    }

    @Override
    public Optional<Membership> membership() {
      return store.membership();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** What somebody else does. */
  private interface Meddling {
    void run() throws Exception;
  }

  /** A store to which somebody else comes between the reads and the write. */
  private static final class Meddled extends HandsOn {
    private final Meddling meddling;

    Meddled(KeyValueStore store, Meddling meddling) {
      super(store);
      this.meddling = meddling;
    }

    @Override
    public boolean write(List<Change> changes) throws IOException, InterruptedException {
      try {
        meddling.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return store.write(changes);
    }
  }

  /** A store whose answers to writes are lost. */
  private static final class Lossy extends HandsOn {
    private final boolean done;

    Lossy(KeyValueStore store, boolean done) {
      super(store);
      this.done = done;
    }

    @Override
    public boolean write(List<Change> changes) throws IOException, InterruptedException {
      if (done) {
        store.write(changes);
      }
      throw new IOException("lost");
    }
  }

  private static final RolloutRules RULES =
      new RolloutRules(
          1,
          Optional.of(MaxParallel.parse("10%")),
          Optional.of(2),
          RolloutRules.OnFailure.ROLLBACK,
          false);

  @Test
  void anIdOfTheHistoryBecomesDesiredAgainAndWaitsForNobody() throws Exception {
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci").with(RULES));
    rollout(TWO, "2.0");
    DesiredState again = it.fleet.to(SHOP, "1.0", "me", RolloutRules.NONE, Optional.empty());

    assertThat(again.manifest()).isEqualTo(ONE);
    assertThat(again.generation()).isEqualTo(3);
    assertThat(again.previous()).contains("2.0");
    assertThat(again.rules().isFree()).isTrue();
    assertThat(it.fleet.back(SHOP, "me", RULES, Optional.empty()).rules()).isEqualTo(RULES);
    assertThatThrownBy(() -> it.fleet.to(SHOP, "0.9", "me", RolloutRules.NONE, Optional.empty()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("does not have 0.9");
  }

  @Test
  void aChangeOfTheRulesGoesOnWithTheRolloutAndARetryBeginsAnew() throws Exception {
    DesiredState first = it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci").with(RULES));
    DesiredState paused =
        it.fleet.change(
            SHOP,
            "me",
            rules -> rules.paused(true),
            Optional.of(text -> new String(text, StandardCharsets.UTF_8)));
    DesiredState resumed =
        it.fleet.change(SHOP, "me", rules -> rules.paused(false), Optional.empty());
    DesiredState retried = it.fleet.retry(SHOP, "me", Optional.empty());

    assertThat(first.rollout()).isEqualTo(1);
    assertThat(paused.rules().isPaused()).isTrue();
    assertThat(paused.signature().orElseThrow()).endsWith("paused true\nbegan 1\n");
    assertThat(paused.continues(first)).isTrue();
    assertThat(resumed.rollout()).isEqualTo(1);
    assertThat(resumed.previous()).isEqualTo(first.previous());
    assertThat(DesiredState.parse(resumed.json())).isEqualTo(resumed);
    assertThat(retried.rollout()).isEqualTo(4);
    assertThat(retried.rules()).isEqualTo(RULES);
    assertThat(retried.continues(resumed)).isFalse();
  }

  @Test
  void rulesOfNothingAreRefused() {
    assertThatThrownBy(() -> it.fleet.retry(SHOP, "me", Optional.empty()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("nothing is desired of shop");
  }
}
