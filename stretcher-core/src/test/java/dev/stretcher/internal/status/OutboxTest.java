package dev.stretcher.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.internal.pause.ManualPauses;
import dev.stretcher.spi.RetryLaterException;
import dev.stretcher.store.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {
  private static final AppName SHOP = new AppName("shop");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final StoreInMemory store = new StoreInMemory();
  private final ManualPauses pauses = new ManualPauses();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Outbox outbox =
      new Outbox(
          store, pauses, new Random(1), (app, warning) -> warnings.add(app + ": " + warning));

  @AfterEach
  void close() {
    outbox.close();
  }

  private void put(String... keysAndValues) {
    List<Outbox.Letter> letters = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      letters.add(
          new Outbox.Letter(
              SHOP,
              new Change.Put(keysAndValues[i], keysAndValues[i + 1], 0, Change.Condition.NONE)));
    }
    outbox.put(letters);
  }

  /** Puts something in, and returns when the store has been asked to write it, and hangs. */
  private void putIntoAStoreThatHangs(String... keysAndValues) {
    store.stall();
    int calls = store.calls();
    put(keysAndValues);
    while (store.calls() == calls) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsNewerIsNotReplacedByAWriteThatFailed() throws Exception {
    putIntoAStoreThatHangs("a", "1", "b", "1");
    put("a", "2");
    store.goAway();
    pauses.awaitLater(1);
    store.comeBack();
    pauses.pass();

    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.text("a")).contains("2");
    assertThat(store.text("b")).contains("1");
  }

  @Test
  void aLogThatCouldNotBeWrittenGoesBeforeTheStatusThatCameLater() throws Exception {
    String large = "x".repeat(200_000);
    putIntoAStoreThatHangs("log", large);
    put("status", large);
    store.goAway();
    pauses.awaitLater(1);
    store.comeBack();
    outbox.storeFound();

    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.get("log").orElseThrow().version())
        .isLessThan(store.get("status").orElseThrow().version());
  }

  @Test
  void ofManyValuesOfAKeyTheLastIsWritten() throws Exception {
    putIntoAStoreThatHangs("other", "1");
    int calls = store.calls();
    for (int i = 0; i < 1000; i++) {
      put("a", Integer.toString(i));
    }
    store.comeBack();

    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.text("a")).contains("999");
    assertThat(store.calls()).isEqualTo(calls + 1);
  }

  @Test
  void moreThanOneWriteHoldsGoesInSeveral() throws Exception {
    putIntoAStoreThatHangs("other", "1");
    for (int i = 0; i < 200; i++) {
      put("key" + i, "x");
    }
    store.comeBack();

    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.list("key").entries()).hasSize(200);
  }

  @Test
  void saysOnceThatNothingCanBeWrittenAndTriesAgainLaterAndLater() throws Exception {
    store.goAway();
    put("a", "1");
    for (int i = 0; i < 10; i++) {
      pauses.awaitLater(1);
      pauses.pass();
    }
    pauses.awaitLater(1);

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .isEqualTo(
            "shop: the status cannot be written to memory://test: connection refused; it is tried"
                + " again");
    assertThat(pauses.asked().get(0)).isBetween(Duration.ofMillis(187), Duration.ofMillis(250));
    assertThat(pauses.asked().get(10)).isBetween(Duration.ofSeconds(45), Duration.ofMinutes(1));
    store.comeBack();
    outbox.storeFound();
    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.text("a")).contains("1");
  }

  @Test
  void waitsAsLongAsTheStoreAsksFor() throws Exception {
    store.fail(new RetryLaterException("HTTP 429", Duration.ofSeconds(7)));
    put("a", "1");
    pauses.awaitLater(1);

    assertThat(pauses.asked()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void aKeyThatIsRefusedDoesNotHoldUpTheOthersAndIsTriedAgainWithItsLastValue() throws Exception {
    store.refuseBelow("logs/", "dashboard/");
    put("logs/a", "1", "hosts/a", "1", "dashboard/a", "1");
    pauses.awaitLater(1);
    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.text("hosts/a")).contains("1");
    put("logs/a", "2", "hosts/a", "2");
    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.text("hosts/a")).contains("2");
    assertThat(warnings)
        .containsExactly(
            "shop: the store refuses logs/a and takes other keys: memory://test: may not write"
                + " logs/a; it is tried again",
            "shop: the store refuses dashboard/a and takes other keys: memory://test: may not write"
                + " dashboard/a; it is tried again");

    store.refuseBelow("dashboard/");
    pauses.pass();
    put("hosts/b", "1");
    pauses.awaitLater(1);
    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.text("logs/a")).contains("2");
    assertThat(store.text("dashboard/a")).isEmpty();
    assertThat(warnings).hasSize(2);
    assertThat(pauses.asked().get(0)).isBetween(Duration.ofSeconds(45), Duration.ofMinutes(1));
    assertThat(pauses.asked().get(1)).isBetween(Duration.ofSeconds(90), Duration.ofMinutes(2));
  }

  @Test
  void aTokenThatMayWriteNothingIsToldOnceAndNotAskedForEachOfManyKeys() throws Exception {
    store.refuseBelow("");
    String[] many = new String[120];
    for (int i = 0; i < many.length; i++) {
      many[i] = "key" + i / 2;
    }
    put(many);
    pauses.awaitLater(1);

    assertThat(store.calls()).isLessThan(20);
    assertThat(warnings).hasSize(1).first().asString().contains("the status cannot be written");
    store.refuseBelow();
    outbox.storeFound();
    assertThat(outbox.flush(LONG)).isTrue();
    assertThat(store.list("key").entries()).hasSize(60);
  }

  @Test
  void doesNotWaitForAStoreThatHangsAtTheEnd() throws Exception {
    putIntoAStoreThatHangs("a", "1");

    assertThat(outbox.flush(Duration.ofMillis(1))).isFalse();
  }
}
