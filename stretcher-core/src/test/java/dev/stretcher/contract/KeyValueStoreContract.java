package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.store.Change;
import dev.stretcher.store.Change.Condition;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a fleet relies on in a {@link KeyValueStore}. The test of a store extends this class.
 *
 * <p>All keys are below a prefix that is new for each test, so that a store which others use too
 * will do.
 */
@Timeout(120)
public abstract class KeyValueStoreContract {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration TTL = Duration.ofSeconds(10);

  /** How long a store may refuse a key whose lease has vanished. */
  private static final Duration REFUSAL = Duration.ofSeconds(60);

  private final String below = "stretcher-contract/" + UUID.randomUUID() + "/";
  private final List<KeyValueStore> opened = new ArrayList<>();
  private KeyValueStore store;

  /**
   * Opens a client of the store under test: all that a test opens see the same keys, as programs on
   * several hosts do.
   */
  protected abstract KeyValueStore open() throws Exception;

  /**
   * Lets a lease end as if its owner had stopped to renew it, and returns when it has ended. A test
   * whose store cannot do so in a short time returns false.
   */
  protected abstract boolean letEnd(Lease lease) throws Exception;

  @BeforeEach
  void openOne() throws Exception {
    store = another();
  }

  @AfterEach
  void clear() throws Exception {
    try (KeyValueStore all = open()) {
      for (KeyValue entry : all.list(below).entries()) {
        all.write(List.of(Change.delete(entry.key())));
      }
    }
    for (KeyValueStore each : opened) {
      each.close();
    }
  }

  @Test
  public void hasANameInOneLine() {
    assertThat(store.name()).isNotBlank().doesNotContain("\n");
  }

  @Test
  public void hasNothingAtAKeyThatNobodySet() throws Exception {
    assertThat(store.get(key("a"))).isEmpty();
    assertThat(store.list(key("")).entries()).isEmpty();
    assertThat(store.list(key("")).version()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text", "two\nlines\r\n", "\u00e4\u20ac\ud83d\ude00\u0000\u0007 \"'\\"})
  public void keepsTextsAsTheyAre(String text) throws Exception {
    put("a", text);

    assertThat(value("a")).contains(text);
    assertThat(store.list(key("")).entries()).extracting(KeyValue::value).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a%2Fb",
        "a?b=c&d#e",
        "a+b",
        "a..b",
        "...",
        "a:b;c",
        "-a",
        "~a",
        "a/b/c",
        "\u00e4",
        "\"a\"",
        "a\\b",
        "a*",
        "a.tmp",
        "A",
        "a\tb"
      })
  public void knowsAKeyByItsExactName(String name) throws Exception {
    put(name, "this");
    put("a", "another");

    assertThat(store.get(key(name))).map(KeyValue::key).contains(key(name));
    assertThat(value(name)).contains("this");
    assertThat(names(store.list(key("")))).containsExactlyInAnyOrder(name, "a");
  }

  @Test
  public void listsWhatBeginsWithAPrefixInTheOrderOfTheKeys() throws Exception {
    for (String name : List.of("b", "a/2", "a/1/x", "a-", "ab", "a", "c/a")) {
      put(name, name);
    }

    assertThat(names(store.list(key("a/")))).containsExactly("a/1/x", "a/2");
    assertThat(names(store.list(key("a")))).containsExactly("a", "a-", "a/1/x", "a/2", "ab");
  }

  @Test
  public void keepsFlagsBesideTheValue() throws Exception {
    long flags = 1_764_320_400_002L;
    store.write(List.of(new Change.Put(key("a"), "text", flags, Condition.NONE)));

    assertThat(store.get(key("a"))).map(KeyValue::flags).contains(flags);
    put("a", "other");
    assertThat(store.get(key("a"))).map(KeyValue::flags).contains(0L);
  }

  @Test
  public void deletes() throws Exception {
    put("a", "text");
    put("a/b", "text");

    assertThat(store.write(List.of(Change.delete(key("a"))))).isTrue();
    assertThat(store.write(List.of(Change.delete(key("a"))))).isTrue();
    assertThat(names(store.list(key("")))).containsExactly("a/b");
  }

  @Test
  public void showsAllClientsWhatWasWritten() throws Exception {
    KeyValueStore other = another();
    put("a", "1");
    assertThat(other.get(key("a"))).map(KeyValue::value).contains("1");

    put("a", "2");

    assertThat(other.get(key("a"))).map(KeyValue::value).contains("2");
    assertThat(other.get(key("a"))).isEqualTo(store.get(key("a")));
  }

  @Test
  public void setsAKeyThatMustBeAbsentOnce() throws Exception {
    assertThat(put("a", "1", Condition.ABSENT)).isTrue();
    assertThat(put("a", "2", Condition.ABSENT)).isFalse();

    assertThat(value("a")).contains("1");
  }

  @Test
  public void changesAKeyOnlyAsItWasSeen() throws Exception {
    put("a", "1");
    Condition seen = seen("a");

    assertThat(put("a", "2", seen)).isTrue();
    assertThat(put("a", "3", seen)).isFalse();
    assertThat(store.write(List.of(new Change.Delete(key("a"), seen)))).isFalse();
    assertThat(value("a")).contains("2");
    assertThat(store.write(List.of(new Change.Delete(key("a"), seen("a"))))).isTrue();
    assertThat(put("a", "4", seen)).isFalse();
    assertThat(value("a")).isEmpty();
  }

  @Test
  public void doesNotTakeAKeyThatWasMadeAgainForTheOldOne() throws Exception {
    put("a", "1");
    Condition seen = seen("a");
    store.write(List.of(Change.delete(key("a"))));
    put("a", "1");

    assertThat(put("a", "2", seen)).isFalse();
  }

  @Test
  public void makesAllChangesOrNone() throws Exception {
    put("a", "1");
    put("b", "1");
    List<Change> changes =
        List.of(
            Change.put(key("a"), "2"),
            Change.delete(key("b")),
            Change.put(key("c"), "2", Condition.ABSENT));

    put("c", "1");
    assertThat(store.write(changes)).isFalse();
    assertThat(texts()).containsExactly("a=1", "b=1", "c=1");

    store.write(List.of(Change.delete(key("c"))));
    assertThat(store.write(changes)).isTrue();
    assertThat(texts()).containsExactly("a=2", "c=2");
  }

  @Test
  public void makesAsManyChangesAtOnceAsItMay() throws Exception {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < KeyValueStore.MAX_CHANGES; i++) {
      changes.add(Change.put(key("a" + i), "text"));
    }
    assertThat(store.write(changes)).isTrue();
    assertThat(store.list(key("")).entries()).hasSize(KeyValueStore.MAX_CHANGES);

    changes.add(Change.put(key("b"), "text"));

    assertThatThrownBy(() -> store.write(changes)).isInstanceOf(IllegalArgumentException.class);
    assertThat(value("b")).isEmpty();
  }

  @Test
  public void keepsValuesAsLargeAsTheyMayBe() throws Exception {
    String most = "\u00e4".repeat(KeyValueStore.MAX_VALUE / 2);
    put("a", most);
    assertThat(value("a")).contains(most);

    assertThatThrownBy(() -> put("b", most + "a")).isInstanceOf(IllegalArgumentException.class);
    assertThat(value("b")).isEmpty();
  }

  @Test
  public void refusesTwoChangesOfOneKey() throws Exception {
    List<Change> changes = List.of(Change.put(key("a"), "1"), Change.delete(key("a")));

    assertThatThrownBy(() -> store.write(changes)).isInstanceOf(IllegalArgumentException.class);
    assertThat(value("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a"})
  public void refusesWhatIsNoKey(String key) {
    assertThatThrownBy(() -> store.write(List.of(Change.put(key, "text"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void losesNoChangeOfClientsThatCompareAndSet() throws Exception {
    int clients = 4;
    int times = 5;
    put("a", "0");
    List<FutureTask<Void>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      KeyValueStore client = another();
      all.add(
          inThread(
              () -> {
                for (int n = 0; n < times; n++) {
                  increment(client);
                }
                return null;
              }));
    }
    for (FutureTask<Void> each : all) {
      result(each);
    }

    assertThat(value("a")).contains(Integer.toString(clients * times));
  }

  private void increment(KeyValueStore client) throws Exception {
    boolean done = false;
    while (!done) {
      KeyValue entry = client.get(key("a")).orElseThrow();
      String next = Integer.toString(Integer.parseInt(entry.value()) + 1);
      done = client.write(List.of(Change.put(key("a"), next, new Condition.At(entry.version()))));
    }
  }

  @Test
  public void aWatchWithoutAVersionReturnsAtOnceWhatIsThere() throws Exception {
    assertThat(store.watch(key(""), 0, LONG).entries()).isEmpty();
    put("a", "1");

    assertThat(store.watch(key(""), 0, LONG)).isEqualTo(store.list(key("")));
  }

  @Test
  public void aWatchEndsWithoutAChange() throws Exception {
    put("a", "1");
    Listing known = store.list(key(""));

    assertThat(store.watch(key(""), known.version(), SHORT).entries()).isEqualTo(known.entries());
  }

  @Test
  public void aWatchOfAVersionThatTheStoreDoesNotHaveEndsToo() throws Exception {
    put("a", "1");
    Listing known = store.list(key(""));

    assertThat(store.watch(key(""), known.version() + 1_000_000, SHORT).entries())
        .isEqualTo(known.entries());
  }

  @Test
  public void aWatchSeesThatAKeyWasSetOrChangedOrDeleted() throws Exception {
    KeyValueStore other = another();
    Listing known = store.list(key("a"));
    FutureTask<Listing> set = waiting(known, "1");
    other.write(List.of(Change.put(key("a/new"), "1")));
    known = result(set);
    assertThat(known.entries()).extracting(KeyValue::value).containsExactly("1");

    FutureTask<Listing> changed = waiting(known, "2");
    other.write(List.of(Change.put(key("a/new"), "2")));
    known = result(changed);

    FutureTask<Listing> deleted = waiting(known);
    other.write(List.of(Change.delete(key("a/new"))));
    assertThat(result(deleted).entries()).isEmpty();
  }

  @Test
  public void aWatchMissesNothingThatCameBeforeIt() throws Exception {
    Listing known = store.list(key(""));
    put("a", "1");

    assertThat(store.watch(key(""), known.version(), LONG).entries()).hasSize(1);
  }

  @Test
  public void anInterruptEndsAWatch() throws Exception {
    Listing known = store.list(key(""));
    FutureTask<Listing> task = new FutureTask<>(() -> store.watch(key(""), known.version(), LONG));
    Thread thread = waiting(task);

    thread.interrupt();

    assertThatThrownBy(() -> result(task)).isInstanceOf(InterruptedException.class);
    put("a", "1");
    assertThat(value("a")).contains("1");
  }

  @Test
  public void closingEndsTheWatchOfAnotherThread() throws Exception {
    Listing known = store.list(key(""));
    FutureTask<Listing> task = new FutureTask<>(() -> store.watch(key(""), known.version(), LONG));
    waiting(task);

    store.close();
    store.close();

    assertThatThrownBy(() -> result(task)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.get(key("a"))).isInstanceOf(IOException.class);
  }

  @Test
  public void oneLeaseAtATimeHasAKey() throws Exception {
    KeyValueStore other = another();
    try (Lease first = store.lease("first", TTL);
        Lease second = other.lease("second", TTL)) {
      assertThat(first.ttl()).isGreaterThanOrEqualTo(TTL);
      assertThat(first.id()).isNotBlank().isNotEqualTo(second.id());
      assertThat(first.take(key("a"), "1")).isTrue();
      assertThat(store.get(key("a")).flatMap(KeyValue::lease)).contains(first.id());

      assertThat(second.take(key("a"), "2")).isFalse();
      assertThat(value("a")).contains("1");
      assertThat(first.take(key("a"), "3")).isTrue();
      assertThat(value("a")).contains("3");
      assertThat(first.renew()).isTrue();
    }
    assertThat(value("a")).isEmpty();
  }

  @Test
  public void aKeyIsFreeWhenItsLeaseIsClosed() throws Exception {
    try (Lease first = store.lease("first", TTL);
        Lease second = store.lease("second", TTL)) {
      first.take(key("a"), "1");
      second.take(key("b"), "2");
      Listing known = store.list(key(""));

      first.close();

      Listing now = store.watch(key(""), known.version(), LONG);
      assertThat(names(now)).containsExactly("b");
      takeInTheEnd(second, "a");
      first.close();
      assertThat(store.get(key("a")).flatMap(KeyValue::lease)).contains(second.id());
    }
  }

  @Test
  public void keysVanishWithTheOwnerOfTheirLease() throws Exception {
    try (Lease lease = store.lease("lost", TTL)) {
      put("b", "stays");
      lease.take(key("a"), "1");
      Listing known = store.list(key(""));
      assumeTrue(letEnd(lease), "a lease of this store does not end in a short time");

      assertThat(names(store.watch(key(""), known.version(), LONG))).containsExactly("b");
      assertThat(lease.renew()).isFalse();
      assertThatThrownBy(() -> lease.take(key("c"), "1")).isInstanceOf(IOException.class);
      assertThat(value("c")).isEmpty();
    }
  }

  @Test
  public void aKeyWithoutALeaseHasNone() throws Exception {
    put("a", "1");

    assertThat(store.get(key("a")).flatMap(KeyValue::lease)).isEmpty();
  }

  private void takeInTheEnd(Lease lease, String name) throws Exception {
    long enough = System.nanoTime() + REFUSAL.toNanos();
    while (!lease.take(key(name), "taken")) {
      assertThat(System.nanoTime()).isLessThan(enough);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private KeyValueStore another() throws Exception {
    KeyValueStore another = open();
    opened.add(another);
    return another;
  }

  private String key(String name) {
    return below + name;
  }

  private void put(String name, String text) throws Exception {
    assertThat(put(name, text, Condition.NONE)).isTrue();
  }

  private boolean put(String name, String text, Condition condition) throws Exception {
    return store.write(List.of(Change.put(key(name), text, condition)));
  }

  private Condition seen(String name) throws Exception {
    return new Condition.At(store.get(key(name)).orElseThrow().version());
  }

  private Optional<String> value(String name) throws Exception {
    return store.get(key(name)).map(KeyValue::value);
  }

  private List<String> names(Listing listing) {
    return listing.entries().stream().map(e -> e.key().substring(below.length())).toList();
  }

  private List<String> texts() throws Exception {
    return store.list(key("")).entries().stream()
        .map(e -> e.key().substring(below.length()) + "=" + e.value())
        .toList();
  }

  /** Watches until the values below {@code a} are these; a watch may return without a change. */
  private FutureTask<Listing> waiting(Listing known, String... values) {
    FutureTask<Listing> task =
        new FutureTask<>(
            () -> {
              Listing seen = known;
              do {
                seen = store.watch(key("a"), seen.version(), LONG);
              } while (!seen.entries().stream()
                  .map(KeyValue::value)
                  .toList()
                  .equals(List.of(values)));
              return seen;
            });
    waiting(task);
    return task;
  }

  /** Starts a thread, and returns when it waits, as far as that can be seen. */
  private static Thread waiting(FutureTask<?> task) {
    Thread thread = new Thread(task);
    thread.start();
    // One that waits in a system call seems to run, so that there is no more to see.
    long enough = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    while (thread.getState() == Thread.State.RUNNABLE && System.nanoTime() < enough) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static <T> FutureTask<T> inThread(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task).start();
    return task;
  }

  private static <T> T result(FutureTask<T> task) throws Exception {
    try {
      return task.get(100, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
