package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.Stores;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a fleet, over a store in a directory. */
class FleetCommandsTest {
  private static final AppName SHOP = new AppName("shop");
  private static final String PIN = "#sha256=" + "ab".repeat(32);
  private static final String V1 = "https://h/shop-1.yml" + PIN;
  private static final String V2 = "https://h/shop-2.yml" + PIN;

  @TempDir private Path directory;

  private String store() {
    return "file:" + directory.resolve("store");
  }

  private Cli.Result run(String... args) {
    return run(Map.of("STRETCHER_STORE", store()), args);
  }

  private static Cli.Result run(Map<String, String> environment, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    return Cli.launch(all, InputStream.nullInputStream(), environment);
  }

  private void report(String node, long generation, HostState state, String live) throws Exception {
    HostStatus status =
        new HostStatus(
            node,
            SHOP,
            generation,
            Optional.of(live),
            state,
            Optional.of(live),
            Instant.now(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            "");
    put(status);
  }

  private void put(HostStatus status) throws Exception {
    try (KeyValueStore store =
        Stores.open(java.net.URI.create(store()), Map.of(), getClass().getClassLoader())) {
      store.write(List.of(Change.put(FleetKeys.host(status.node(), SHOP), status.json())));
    }
  }

  private static void assertSays(Cli.Result result, int status, String... said) {
    assertThat(result.out() + result.err()).contains(said).doesNotContain("Exception", "\tat ");
    assertThat(result.exitCode()).isEqualTo(status);
  }

  @Test
  void whatIsDesiredIsSetAndGoesBackAsANewGeneration() {
    assertSays(
        run("rollout", "shop", "--to", V1, "--id", "v1"), 0, "shop: v1 is desired, generation 1");
    assertSays(run("rollout", "shop", "--to", V2, "--id", "v2"), 0, "generation 2, after v1");
    assertSays(run("rollout", "shop", "--back"), 0, "shop: v1 is desired, generation 3, after v2");
    assertSays(run("status"), 0, "shop: v1, generation 3, since ", "no host counts yet");
  }

  @Test
  void aRolloutHasRulesIsPausedGoesOnAndBeginsAnew() {
    assertSays(
        run("rollout", "shop", "--to", V1, "--id=v1", "--canary=1", "--max-parallel=10%"),
        0,
        "shop: v1 is desired, generation 1; canary 1, at most 10% at once");
    assertSays(run("rollout", "shop", "--pause"), 0, "generation 2; paused, canary 1, at most 10%");
    assertSays(
        run("rollout", "shop", "--max-parallel=3", "--max-failures=1", "--on-failure=rollback"),
        0,
        "generation 3; paused, canary 1, at most 3 at once, at most 1 failure, then rollback");
    assertSays(run("rollout", "shop", "--resume"), 0, "generation 4; canary 1, at most 3 at once");
    assertSays(run("status"), 0, "shop: v1, generation 4", "; canary 1, at most 3 at once");
    assertSays(
        run("status", "--json"),
        0,
        "\"canary\":1,\"max_parallel\":\"3\",\"on_failure\":\"rollback\",\"paused\":false,\"max_failures\":1");
    assertSays(run("rollout", "shop", "--retry"), 0, "generation 5; canary 1, at most 3 at once");
    run("rollout", "shop", "--to", V2, "--id=v2");
    Cli.Result back = run("rollout", "shop", "--to=v1");
    assertSays(back, 0, "shop: v1 is desired, generation 7, after v2");
    assertThat(back.out()).doesNotContain("canary");
  }

  @Test
  void hostsThatWaitSayForWhat() throws Exception {
    run("rollout", "shop", "--to", V1, "--id=v1", "--canary=1");
    report("web1", HostState.FAILED, "health: the shop did not start");
    report("web2", HostState.HELD, "the canary web1 failed, and more");

    assertSays(
        run("status"),
        0,
        "1 failed, 1 held; canary 1",
        "web2  held ",
        "the canary web1 failed, and");
    assertSays(run("wait", "shop", "--timeout=1s"), 1, "web2", "the canary web1 failed, and more");
  }

  private void report(String node, HostState state, String error) throws Exception {
    put(
        new HostStatus(
            node,
            SHOP,
            1,
            Optional.of("v1"),
            state,
            Optional.empty(),
            Instant.now(),
            Optional.empty(),
            Optional.of(error),
            0,
            0,
            ""));
  }

  @Test
  void aUrlIsLookedAtBeforeTheFleetIsToldOfIt() throws Exception {
    Path manifest = Path.of(new TestApp(directory).file("version", "1").pack().manifest(""));
    String text = Files.readString(manifest);
    assertSays(rollout(manifest, "another text"), 1, "expected #sha256=", "it was changed");
    assertSays(rollout(manifest, write(manifest, "dest: [x]\n")), 1, "is not a manifest");
    String gone = text.replaceFirst("(?m)^src: .*$", "src: file:/no/such/archive.tar.gz");
    assertSays(
        rollout(manifest, write(manifest, gone)), 1, "cannot be deployed: /no/such/archive.tar.gz");
    assertSays(run("status"), 0, "nothing is desired");

    String onlyHostsKnow = gone.replace("/no/such", "{{ must_env \"WHERE\" }}");
    assertSays(rollout(manifest, write(manifest, onlyHostsKnow)), 0, "generation 1");
    assertSays(rollout(manifest, write(manifest, text)), 0, "generation 2");
    Cli.Result away = run("rollout", "shop", "--to", V1);
    assertSays(away, 0, "Warning: it was not checked whether hosts can fetch https://h/shop-1.yml");
    assertThat(run("rollout", "shop", "--to", V1, "--unchecked").err()).isEmpty();
  }

  private static String write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return text;
  }

  private Cli.Result rollout(Path manifest, String text) {
    return run(
        "rollout", "shop", "--to=" + manifest.toUri() + "#sha256=" + DigestUtils.sha256Hex(text));
  }

  @Test
  void anIdIsMadeOfTheTimeAndTheDigest() {
    assertThat(run("rollout", "shop", "--to", V1).out())
        .matches("shop: [0-9]{8}-[0-9]{6}-abababab is desired, generation 1\\R");
  }

  @Test
  void whatCannotBeRolledOutIsRefusedWithTheRemedy() {
    assertSays(run("rollout", "shop"), 2, "expected one of --to=URL, --to=ID, --back, --retry");
    assertSays(run("rollout", "shop", "--back", "--pause"), 2, "expected one of");
    assertSays(run("rollout", "shop", "--back", "--id=x"), 2, "--id names a new version");
    assertSays(run("rollout", "shop", "--max-parallel=0"), 2, "--max-parallel is '0'", "10%");
    assertSays(run("rollout", "shop", "--max-failures=-1"), 2, "--max-failures is '-1'");
    assertSays(run("rollout", "shop", "--canary=-1"), 2, "canary");
    assertSays(run("rollout", "shop", "--on-failure=stop"), 2, "halt", "rollback");
    assertSays(
        run("rollout", "shop", "--to", V1, "--on-failure=rollback"),
        2,
        "--max-failures or --canary");
    assertSays(run("rollout", "shop", "--pause"), 1, "nothing is desired of shop");
    assertSays(run("rollout", "shop", "--to=v0"), 1, "the history of shop does not have v0");
    assertSays(run("rollout", "shop", "--to=https://h/a.yml"), 2, "ends with #sha256=");
    assertSays(run("rollout", "shop", "--to=a.yml" + PIN), 2, "absolute URL");
    assertSays(run("rollout", "shop", "--to", V1, "--id=../x"), 2, "--id is '../x'");
    assertSays(run("rollout", "a/b", "--to", V1), 2, "'a/b' is no name of an application");
    assertSays(run("rollout", "shop", "--back"), 1, "shop");
  }

  @Test
  void aStoreThatIsNotNamedOrNotKnownIsAnErrorWithTheRemedy() {
    assertSays(run(Map.of(), "status"), 2, "no store is named", "--store", "STRETCHER_STORE");
    assertSays(run("status", "--store=shop"), 2, "the store is 'shop'", "consul://127.0.0.1:8500");
    assertSays(run("status", "--store=nosuch://h"), 2, "nosuch");
  }

  @Test
  void theStoreOfTheConfigurationBeatsTheVariable() throws Exception {
    Path config = AgentFixture.trusted(directory.resolve("c.yml"), "store: " + store());
    Map<String, String> environment =
        Map.of("STRETCHER_CONFIG", config.toString(), "STRETCHER_STORE", "nosuch://h");
    assertSays(run(environment, "rollout", "shop", "--to", V1), 0, "is desired");
    assertThat(directory.resolve("store")).isNotEmptyDirectory();
  }

  @Test
  void statusNamesHostsAndTakesTheNamesOfThoseThatCount() throws Exception {
    run("rollout", "shop", "--to", V1, "--id", "v1");
    report("web-1", 1, HostState.LIVE, "v1");

    assertSays(run("status", "shop"), 0, "1 of 1 host has it", "  web-1  live");
    assertSays(
        run("status", "shop", "--nodes=web-1,web-2"), 0, "1 of 2 hosts", "web-2", "did not report");
    assertSays(run("status", "shop", "--json"), 0, "\"hosts\":1,\"live\":1", "\"node\":\"web-1\"");
    assertSays(run("status", "other"), 0, "other: nothing is desired");
    assertSays(run("status", "shop", "--service=web"), 2, "web");
    assertSays(run("status", "--nodes="), 2, "--nodes is empty");
  }

  @Test
  void waitEndsWithOneOfThreeStatusesAndNamesWhoDoesNotHaveIt() throws Exception {
    run("rollout", "shop", "--to", V1, "--id", "v1");
    report("web-1", 1, HostState.LIVE, "v1");

    assertSays(run("wait", "shop"), 0, "shop: v1: 1 of 1 host has it");
    assertSays(run("wait", "shop", "--id=v9", "--timeout=1ms"), 3, "v9 was not desired meanwhile");
    Cli.Result late = run("wait", "shop", "--nodes=web-1,web-2", "--timeout=1ms");
    assertSays(late, 3, "web-2", "did not report", "1 of 2 hosts have it, 1 silent");
    assertThat(late.err()).doesNotContain("web-1");
    report("web-2", 1, HostState.FAILED, "v0");
    assertSays(run("wait", "shop"), 1, "web-2  failed", "1 failed");
    assertSays(run("wait", "shop", "--max-failures=1"), 0, "1 of 2 hosts have it, 1 failed");
  }

  @Test
  void theLimitOfADownloadInAConfigurationIsNotThatOfAWait() throws Exception {
    Path config = AgentFixture.trusted(directory.resolve("c.yml"), "timeout: 1h");
    Map<String, String> environment =
        Map.of("STRETCHER_CONFIG", config.toString(), "STRETCHER_STORE", store());
    assertSays(run(environment, "wait", "shop", "--timeout=1ms"), 3, "nothing is desired");
  }

  @Test
  void gateAndWhySayWhatIsNotKnownAndWhatMayNotStart() {
    String state = "--state-dir=" + directory.resolve("state");
    assertSays(run("gate", "shop", "--timeout=1ms", state), 3, "it is not known what is desired");
    run("rollout", "shop", "--to", V1, "--id", "v1");
    assertSays(
        run("gate", "shop", "--timeout=1ms", state), 1, "v1 is desired, and no agent has taken it");
    assertSays(
        run("gate", "shop", "--timeout=1ms", "--json", state), 1, "\"answer\":\"may_not_start\"");
    assertSays(run("why", "shop", state), 0, "desired    v1, generation 1", "live       it is not");
    assertSays(run("why", "shop", state), 0, "does it run, and with this --state-dir?");
    assertSays(run("why", "shop", "--json", state), 0, "\"desired\":\"v1\",\"generation\":1,");
    assertSays(run("why", "shop", "--state-dir="), 2, "--state-dir");
  }

  @Test
  void gateAndWhyTellWhatIsRememberedThoughTheStoreCannotBeOpened() throws Exception {
    TestApp app = new TestApp(directory).file("version", "1").pack();
    Path manifest = Path.of(app.manifest(""));
    String pin = "#sha256=" + DigestUtils.sha256Hex(Files.readAllBytes(manifest));
    String state = "--state-dir=" + directory.resolve("s");
    run("rollout", "shop", "--to=" + manifest.toUri() + pin, "--id=v1");
    assertSays(run("agent", "--once", "--app=shop", "--node=n", state), 0, "succeeded");
    Path store = directory.resolve("store");
    Files.move(store, directory.resolve("away"));
    Files.writeString(store, "no directory");

    assertSays(
        run("gate", "shop", "--timeout=1ms", state),
        0,
        "v1 is desired and live; the store cannot be asked",
        "it is not a directory");
    assertSays(
        run("why", "shop", state), 0, "desired    v1", "the store cannot be asked", "remembered");
    assertSays(run("gate", "other", "--timeout=1ms", state), 3, "nothing is remembered");
    assertSays(run("status"), 1, "cannot be opened");
  }

  @Test
  void aStoreInWhichNothingIsDesiredIsSaidToBeSo() {
    assertSays(run("status"), 0, "nothing is desired in file:");
    assertThat(run("status").out()).isEmpty();
  }

  @Test
  void anAgentThatDoesItsWorkOnceSaysForWhatAndThatThereIsNone() {
    assertSays(
        run("agent", "--once", "--app=shop", "--node=n", "--state-dir=" + directory.resolve("s")),
        1,
        "Starting up stretcher agent ",
        ": shop of n as file:",
        "Nothing is desired");
  }

  @Test
  void aDeployMayNotTakeTheStoreOfTheFleetAsDest() throws Exception {
    TestApp app = new TestApp(directory).file("version", "1").pack();
    Path manifest = Path.of(app.manifest(""));
    String text = Files.readString(manifest);
    Files.writeString(
        manifest, text.replaceFirst("(?m)^dest: .*$", "dest: " + directory.resolve("store")));
    String pin = "#sha256=" + DigestUtils.sha256Hex(Files.readAllBytes(manifest));
    run("rollout", "shop", "--to=" + manifest.toUri() + pin);

    assertSays(
        run("agent", "--once", "--app=shop", "--node=n", "--state-dir=" + directory.resolve("s")),
        1,
        "is the store of the fleet");
    assertSays(run("status", "shop"), 0, "n  ", "  failed");
  }

  @Test
  void whatAHostSaysDoesNotFloodWhoLooks() throws Exception {
    run("rollout", "shop", "--to", V1, "--id", "v1");
    report("web-1", 1, HostState.LIVE, "x".repeat(20_000));

    Cli.Result result = run("status", "shop");
    assertSays(result, 0, "what it said cannot be read: it is larger than 8192 bytes");
    assertThat(result.out()).hasSizeLessThan(1000);
  }

  @Test
  void anAgentWithoutAnAppOrWithSettingsThatExcludeEachOtherSaysWhatItExpects() throws Exception {
    assertSays(run("agent"), 2, "no app is named", "--app", "apps in the configuration");
    assertSays(run("agent", "--app=../x"), 2, "'../x' is no name of an application");
    assertSays(run("agent", "--app=x", "--state-dir="), 2, "--state-dir");
    assertSays(run("agent", "--app=x", "--once", "--listen=1"), 2, "--once takes neither");
    assertSays(run("agent", "--app=x", "--listen=h:x"), 2, "HOST:PORT");
    assertSays(
        run("deploy", "u", "--app=x"),
        2,
        "Unknown option: '--app'",
        "only agent and publish have it");
    assertThat(Files.exists(directory.resolve("store"))).isFalse();
  }
}
