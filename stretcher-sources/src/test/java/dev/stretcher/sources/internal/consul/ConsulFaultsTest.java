package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.setting.Timeouts;
import dev.stretcher.spi.RetryLaterException;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.testing.consul.ConsulDouble;
import dev.stretcher.testing.consul.ConsulFault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store of Consul says and does when Consul, or the way to it, is not well. */
@Timeout(60)
class ConsulFaultsTest {
  private static final String TOKEN = "11111111-1111-1111-1111-111111111111";
  private static final String DESIRED = "stretcher/desired/";
  private static final String KEY = "stretcher/desired/shop";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Map<String, String> environment = new HashMap<>();
  private ConsulDouble consul;
  private KeyValueStore store;

  @BeforeEach
  void start() throws Exception {
    consul = ConsulDouble.start();
    store = open(Duration.ofSeconds(10));
  }

  private KeyValueStore open(Duration read) {
    return ConsulStoreProvider.open(
        consul.address(), environment, new Timeouts(Duration.ofSeconds(5), read));
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    consul.close();
  }

  @Test
  void aStoreThatIsAwayMayComeLater() throws Exception {
    consul.goAway();

    assertThatThrownBy(() -> store.list(DESIRED))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no connection to 127.0.0.1:" + consul.port())
        .hasMessageContaining("check that it runs");
    consul.comeBack();
    assertThat(store.list(DESIRED).entries()).isEmpty();
  }

  @Test
  void aStoreThatGoesAwayEndsAQueryAndKeepsWhatItHad() throws Exception {
    put("1");
    FutureTask<Listing> waiting = watching(store.list(DESIRED).version());

    consul.goAway();

    assertThatThrownBy(() -> result(waiting)).isInstanceOf(IOException.class);
    consul.comeBack();
    assertThat(store.get(KEY)).isPresent();
  }

  @Test
  void withoutALeaderNothingIsKnown() throws Exception {
    put("1");
    FutureTask<Listing> waiting = watching(store.list(DESIRED).version());

    consul.fault(ConsulFault.NO_LEADER);

    assertThatThrownBy(() -> result(waiting))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot read stretcher/desired/: HTTP 500 (rpc error");
    assertThatThrownBy(() -> put("2")).hasMessageContaining("cannot write " + KEY);
    assertThatThrownBy(() -> store.lease("slot", LONG)).hasMessageContaining("keep a session");
    assertThatThrownBy(() -> store.membership().orElseThrow().alive())
        .hasMessageContaining("list the nodes");
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY", "HTML", "HTML_NOT_FOUND"})
  void whatConsulDoesNotSayIsNoEmptyList(ConsulFault fault) throws Exception {
    put("1");
    consul.fault(fault);

    for (ThrowingCallable read :
        List.<ThrowingCallable>of(
            () -> store.get(KEY),
            () -> store.list(DESIRED),
            () -> store.watch(DESIRED, 1, LONG),
            () -> store.membership().orElseThrow().having("web"))) {
      assertThatThrownBy(read)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith("consul://127.0.0.1:" + consul.port());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTML", "HTML_NOT_FOUND"})
  void aServerThatIsNotConsulTakesNoWrite(ConsulFault fault) throws Exception {
    Lease lease = store.lease("slot", LONG);
    consul.fault(fault);

    for (ThrowingCallable write :
        List.<ThrowingCallable>of(
            () -> put("2"),
            () -> store.write(List.of(Change.delete(KEY))),
            () -> store.lease("slot", LONG),
            lease::renew,
            () -> lease.take(KEY, "x"))) {
      assertThatThrownBy(write)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("check the address");
    }
  }

  @Test
  void aTokenThatIsMissingIsNamedWithItsRule() throws Exception {
    consul.allow(TOKEN, "dashboard/");

    assertThatThrownBy(() -> store.get(KEY))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("may not read " + KEY + " (Permission denied)")
        .hasMessageContaining(
            "put a token into CONSUL_HTTP_TOKEN whose policy has key \"stretcher/desired/shop\" {"
                + " policy = \"read\" }");
    assertThatThrownBy(() -> store.list(DESIRED))
        .hasMessageContaining("key_prefix \"stretcher/desired/\" { policy = \"read\" }");
    assertThatThrownBy(() -> store.lease("slot", LONG))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("session_prefix \"\" { policy = \"write\" }");
    assertThatThrownBy(() -> store.membership().orElseThrow().self())
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("agent_prefix \"\" { policy = \"read\" }");
  }

  @Test
  void aTransactionThatMayNotWriteIsRefusedAndNoConflict() throws Exception {
    consul.allow(TOKEN, "dashboard/");
    environment.put("CONSUL_HTTP_TOKEN", TOKEN);
    try (KeyValueStore host = open(LONG)) {
      assertThat(host.write(List.of(Change.put("dashboard/a", "x")))).isTrue();

      assertThatThrownBy(
              () -> host.write(List.of(Change.put("dashboard/b", "x"), Change.put(KEY, "x"))))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("may not write " + KEY)
          .hasMessageContaining("key \"stretcher/desired/shop\" { policy = \"write\" }");
      assertThat(host.get("dashboard/b")).isEmpty();
    }
  }

  @Test
  void aTokenThatExpiresEndsAQueryAndIsReadAnewFromItsFile(@TempDir Path directory)
      throws Exception {
    consul.allow(TOKEN, "stretcher/");
    Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    environment.put("CONSUL_HTTP_TOKEN", "ignored");
    environment.put("CONSUL_HTTP_TOKEN_FILE", file.toString());
    store = open(LONG);
    put("1");
    FutureTask<Listing> waiting = watching(store.list(DESIRED).version());

    consul.revoke(TOKEN);

    assertThatThrownBy(() -> result(waiting))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("the token in CONSUL_HTTP_TOKEN_FILE is unknown or has expired")
        .hasMessageNotContaining(TOKEN);
    consul.allow("renewed", "stretcher/");
    Files.writeString(file, "renewed");
    put("2");
    Files.delete(file);
    assertThatThrownBy(() -> put("3"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("CONSUL_HTTP_TOKEN_FILE: there is no file");
  }

  @Test
  void aServerThatRepeatsTheTokenDoesNotBringItIntoMessages() throws Exception {
    environment.put("CONSUL_HTTP_TOKEN", TOKEN);
    environment.put("CONSUL_HTTP_AUTH", "user:pass-word");
    try (EchoingServer server = new EchoingServer();
        KeyValueStore echoed =
            ConsulStoreProvider.open(server.address(), environment, ConsulStoreProvider.TIMEOUTS)) {
      assertThatThrownBy(() -> echoed.get(KEY))
          .hasMessageContaining("HTTP 500 (X-Consul-Token: *** Authorization: Basic ***)")
          .hasMessageNotContaining(TOKEN)
          .hasMessageNotContaining("pass-word");
    }
  }

  @Test
  void tooManyRequestsAreMadeLater() throws Exception {
    consul.fault(ConsulFault.BUSY);

    assertThatThrownBy(() -> store.list(DESIRED))
        .asInstanceOf(InstanceOfAssertFactories.type(RetryLaterException.class))
        .extracting(RetryLaterException::getWait)
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aStoreThatHangsIsGivenUp() throws Exception {
    store = open(Duration.ofMillis(50));
    consul.fault(ConsulFault.HANG);

    assertThatThrownBy(() -> store.get(KEY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing came from 127.0.0.1:" + consul.port() + " for 50ms");
  }

  @Test
  void aQueryThatWaitsIsNotTakenForOneThatHangs() throws Exception {
    store = open(Duration.ofMillis(300));
    put("1");
    Listing known = store.list(DESIRED);

    assertThat(store.watch(DESIRED, known.version(), Duration.ofMillis(400))).isEqualTo(known);
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNotMadeTwice() throws Exception {
    put("1");
    long version = store.get(KEY).orElseThrow().version();
    consul.fault(ConsulFault.DROPPED, 1);

    // Made again, it would say that someone else had been faster.
    assertThatThrownBy(
            () -> store.write(List.of(Change.put(KEY, "2", new Change.Condition.At(version)))))
        .isInstanceOf(IOException.class);
    assertThat(store.get(KEY).orElseThrow().value()).isEqualTo("2");
  }

  @Test
  void aRestoredStoreIsReadFromTheStart() throws Exception {
    put("1");
    ConsulDouble.Snapshot old = consul.save();
    put("2");
    long version = store.list(DESIRED).version();
    FutureTask<Listing> waiting = watching(version);

    consul.restore(old);

    Listing restored = result(waiting);
    assertThat(restored.entries().get(0).value()).isEqualTo("1");
    assertThat(restored.version()).isLessThan(version).isPositive();
    assertThat(consul.requests().get(consul.requests().size() - 1))
        .isEqualTo("GET kv/stretcher/desired/ {recurse=}");
  }

  @Test
  void anEmptiedStoreIsEmpty() throws Exception {
    put("1");
    long version = store.list(DESIRED).version();
    FutureTask<Listing> waiting = watching(version);

    consul.empty();

    assertThat(result(waiting).entries()).isEmpty();
  }

  @Test
  void whatIsTooLargeTogetherIsRefusedByConsul() throws Exception {
    String large = "x".repeat(300_000);

    assertThatThrownBy(
            () -> store.write(List.of(Change.put(KEY, large), Change.put(KEY + "2", large))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("HTTP 413")
        .hasMessageContaining("write less at once");
    assertThat(store.list(DESIRED).entries()).isEmpty();
  }

  @Test
  void anInterruptEndsAQueryWithItsConnection() throws Exception {
    FutureTask<Listing> waiting =
        new FutureTask<>(() -> store.watch(DESIRED, store.list(DESIRED).version(), LONG));
    Thread thread = new Thread(waiting);
    thread.start();
    consul.awaitWaiting(1);

    thread.interrupt();

    assertThatThrownBy(() -> result(waiting)).isInstanceOf(InterruptedException.class);
    consul.awaitWaiting(0);
  }

  @Test
  void closingEndsAQueryWithItsConnection() throws Exception {
    FutureTask<Listing> waiting = watching(store.list(DESIRED).version());

    store.close();

    assertThatThrownBy(() -> result(waiting))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is closed");
    consul.awaitWaiting(0);
  }

  @Test
  void anInterruptedAgentLeavesNoSessionBehind() throws Exception {
    Lease lease = store.lease("slot", LONG);
    lease.take(KEY, "x");
    Thread.currentThread().interrupt();

    lease.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(consul.sessions()).isZero();
    assertThat(store.get(KEY)).isEmpty();
  }

  @Test
  void queriesDoNotFollowEachOtherAtOnce() {
    long[] now = {0};
    ConsulPace pace = new ConsulPace(() -> now[0], new java.util.Random(1));
    assertThat(pace.pause("a")).isZero();

    pace.answered("a");

    assertThat(pace.pause("a")).isBetween(Duration.ofMillis(100), Duration.ofMillis(150));
    assertThat(pace.pause("b")).isZero();
    now[0] += Duration.ofMillis(150).toNanos();
    assertThat(pace.pause("a")).isZero();
  }

  @Test
  void theCatalogSaysWhoIsAlive() throws Exception {
    consul.node("web1", "passing");
    consul.node("web2", "critical");
    consul.node("printer", "");
    consul.service("web2", "web");
    consul.service("peer1", "web");

    var members = store.membership().orElseThrow();

    assertThat(members.self()).isEqualTo("peer1");
    assertThat(members.alive()).containsExactly("peer1", "web1");
    assertThat(members.having("web")).containsExactly("peer1", "web2");
    assertThat(members.having("none")).isEmpty();
  }

  @Test
  void aCatalogWithoutAnybodyIsOneThatATokenMayNotSee() {
    consul.node("peer1", "");

    assertThatThrownBy(() -> store.membership().orElseThrow().alive())
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("node_prefix \"\" { policy = \"read\" }");
  }

  private void put(String value) throws Exception {
    assertThat(store.write(List.of(Change.put(KEY, value)))).isTrue();
  }

  /** Starts a thread that watches, and returns when Consul waits. */
  private FutureTask<Listing> watching(long version) throws Exception {
    KeyValueStore watched = store;
    FutureTask<Listing> waiting = new FutureTask<>(() -> watched.watch(DESIRED, version, LONG));
    new Thread(waiting).start();
    consul.awaitWaiting(1);
    return waiting;
  }

  private static Listing result(FutureTask<Listing> waiting) throws Exception {
    try {
      return waiting.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
