package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.option.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** Who waits for what: many apps for their turn, and hosts for a time by chance. */
class AgentTurnsTest extends AgentFixture {
  private static final int APPS = 50;
  private static final int TURNS = 32;

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private void desire(AppName app, long generation) throws Exception {
    Path file =
        Files.writeString(directory.resolve(app + ".yml"), "commands: {post: [" + app + "]}\n");
    String pin = "#sha256=" + DigestUtils.sha256Hex(Files.readAllBytes(file));
    String json = desired(generation, "v1", URI.create(file.toUri() + pin)).json();
    store.put(
        FleetKeys.desired(app), json.replace("\"app\":\"shop\"", "\"app\":\"%s\"".formatted(app)));
  }

  @Test
  void whoWaitsLongForItsTurnSaysWhichDeploysDoNotEnd() throws Exception {
    hooks =
        hook -> {
          running.incrementAndGet();
          goOn.await();
          return 0;
        };
    AppName[] first = apps(TURNS);
    AppName[] all = apps(TURNS + 2);
    for (AppName app : first) {
      desire(app, 1);
    }
    start(builder(store, all).patience(Duration.ofMillis(1)).build());
    while (running.get() < TURNS) {
      Thread.onSpinWait();
    }
    desire(all[TURNS], 1);
    desire(all[TURNS + 1], 1);

    for (AppName late : List.of(all[TURNS], all[TURNS + 1])) {
      HostStatus status = await(each -> each.app().equals(late) && each.error().isPresent());
      assertThat(status.state()).isEqualTo(HostState.WAITING);
      assertThat(status.error().orElseThrow())
          .containsPattern("only 32 apps deploy at once: (app[0-9]+, ){7}app[0-9]+ and 24 more do");
    }
    goOn.countDown();
    for (AppName late : List.of(all[TURNS], all[TURNS + 1])) {
      await(status -> status.app().equals(late) && status.state() == HostState.LIVE);
    }
    assertThat(warnings).hasSize(1).first().asString().contains("only 32 apps deploy at once");
  }

  private static AppName[] apps(int count) {
    return IntStream.range(0, count).mapToObj(i -> new AppName("app" + i)).toArray(AppName[]::new);
  }

  @Test
  void manyAppsTakeTurnsAndAllAreServed() throws Exception {
    hooks =
        hook -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          goOn.await();
          running.decrementAndGet();
          return 0;
        };
    Set<AppName> apps =
        IntStream.range(0, APPS).mapToObj(i -> new AppName("app" + i)).collect(Collectors.toSet());
    for (AppName app : apps) {
      desire(app, 1);
    }
    start(builder(store, apps.toArray(AppName[]::new)).build());
    Map<AppName, HostState> states = new ConcurrentHashMap<>();
    while (states.values().stream().filter(HostState.WAITING::equals).count() < APPS - TURNS
        || running.get() < TURNS) {
      synchronized (statuses) {
        statuses.forEach(status -> states.put(status.app(), status.state()));
      }
      Thread.onSpinWait();
    }
    goOn.countDown();
    for (AppName app : apps) {
      await(status -> status.app().equals(app) && status.state() == HostState.LIVE);
    }

    assertThat(most.get()).isEqualTo(TURNS);
  }

  @Test
  void aDelayByChanceIsCutOffByWhatIsNewer() throws Exception {
    desire(1, "v1");
    start(builder(store, SHOP).randomDelay(Duration.ofDays(30)).build());
    HostStatus waiting = await(HostState.WAITING, 1);
    assertThat(waiting.stage()).contains("event");
    assertThat(waiting.error().orElseThrow()).startsWith("begins in ");
    desire(2, "v2");

    await(HostState.SUPERSEDED, 1);
    assertThat(await(HostState.WAITING, 2).stage()).contains("event");
    assertThat(dest).doesNotExist();
    pauses.awaitSleeping();
    pauses.pass();
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void aDelayOfALibraryIsCutOffToo() throws Exception {
    start(
        HostAgent.builder(
                store,
                NODE,
                Set.of(SHOP),
                (app, ears) ->
                    library(ears)
                        .options(options().with(Settings.RANDOM_DELAY, Duration.ofDays(30)))
                        .build(),
                state)
            .listener(this)
            .pauses(() -> pauses)
            .build());
    desire(1, "v1");
    await(HostState.WAITING, 1);
    desire(2, "v2");
    await(HostState.SUPERSEDED, 1);
  }

  @Test
  void anAgentThatEndsInItsDelaySaysSo() throws Exception {
    desire(1, "v1");
    start(builder(store, SHOP).randomDelay(Duration.ofDays(30)).build());
    await(HostState.WAITING, 1);
    pauses.awaitSleeping();
    end();

    assertThat(stored(HostState.WAITING).error()).contains("the agent was ended before it began");
  }

  @Test
  void aHostWithANewNameKnowsWhatIsLive() throws Exception {
    desire(1, "v1");
    start();
    stored(HostState.LIVE);
    end();
    forget();
    start(
        HostAgent.builder(store, "web2", Set.of(SHOP), this::stretcher, state)
            .listener(this)
            .pauses(() -> pauses)
            .build());

    HostStatus renamed = await(HostState.LIVE, 1);
    assertThat(renamed.node()).isEqualTo("web2");
    assertThat(states()).containsExactly(HostState.LIVE);
    assertThat(stored(HostState.LIVE).node()).isEqualTo(NODE);
  }
}
