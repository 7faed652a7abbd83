package dev.stretcher.agent;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.internal.pause.ManualPauses;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Background;
import dev.stretcher.report.DeployListener;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.store.KeyValueStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host with an agent, a store in memory, and tiny archives in files. */
@Timeout(30)
abstract class AgentFixture implements AgentListener {
  static final AppName SHOP = new AppName("shop");
  static final String NODE = "web1";

  @TempDir Path directory;
  Path state;
  Path dest;
  final StoreInMemory store = new StoreInMemory();
  final LocalFiles files = new LocalFiles();
  final ManualPauses pauses = new ManualPauses();
  final List<HostStatus> statuses = new ArrayList<>();
  final List<String> warnings = new CopyOnWriteArrayList<>();
  final List<String> storeNews = new CopyOnWriteArrayList<>();

  /** The commands that ran. */
  final List<String> ran = new CopyOnWriteArrayList<>();

  volatile HookRunner hooks =
      hook -> {
        ran.add(hook.command());
        return hook.command().equals("bad") ? 1 : 0;
      };

  private final List<Background<?, ?>> agents = new ArrayList<>();
  private int ready;

  @BeforeEach
  void places() {
    state = directory.resolve("state");
    dest = directory.resolve("dest");
  }

  @AfterEach
  void endAgents() {
    files.open();
    agents.forEach(Background::close);
  }

  @Override
  public void onStatus(HostStatus status) {
    synchronized (statuses) {
      statuses.add(status);
      statuses.notifyAll();
    }
  }

  @Override
  public void onWarning(AppName app, String message) {
    warnings.add(app + ": " + message);
    synchronized (statuses) {
      statuses.notifyAll();
    }
  }

  @Override
  public void onStoreLost(String reason) {
    storeNews.add("lost: " + reason);
  }

  @Override
  public void onStoreFound() {
    storeNews.add("found");
  }

  @Override
  public void onReady() {
    synchronized (statuses) {
      ready++;
      statuses.notifyAll();
    }
  }

  Options options() {
    return Options.DEFAULT
        .with(Settings.SYNC_STRATEGY, "swap")
        .with(Settings.RETRY, 0)
        .with(Settings.RETRY_WAIT, Duration.ZERO);
  }

  Stretcher stretcher(AppName app, DeployListener listener) {
    return library(listener).build();
  }

  Stretcher.Builder library(DeployListener listener) {
    return Stretcher.builder()
        .source(files)
        .syncer(new SwapSyncer())
        .hookRunner(hooks)
        .ledger(Ledger.in(state))
        .options(options())
        .listener(listener)
        .temporaryDirectory(directory);
  }

  HostAgent.Builder builder(KeyValueStore over, AppName... apps) {
    return HostAgent.builder(over, NODE, Set.of(apps), this::stretcher, state)
        .listener(this)
        .pauses(() -> pauses);
  }

  HostAgent start() {
    return start(builder(store, SHOP).build());
  }

  HostAgent start(HostAgent agent) {
    agents.add(
        Background.<Object, AlreadyRunningException>start(
            "test-agent",
            () -> {
              agent.run();
              return agent;
            }));
    return agent;
  }

  void end() {
    agents.forEach(Background::close);
    agents.clear();
    synchronized (statuses) {
      statuses.clear();
    }
  }

  /** Returns the name of the one file. */
  String content() {
    return "version";
  }

  /** Makes an archive with a file that says {@code version}, and its manifest. */
  URI publish(String version, String more) throws IOException {
    return publish(version, dest, more);
  }

  URI publish(String version, Path place, String more) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = version.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(content());
      entry.setSize(content.length);
      entry.setModTime(0);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    Path archive = directory.resolve(version + ".tar");
    Files.write(archive, bytes.toByteArray());
    String manifest =
        "src: %s\nchecksum: %s\ndest: %s\n%s\n"
            .formatted(archive.toUri(), DigestUtils.sha256Hex(bytes.toByteArray()), place, more);
    Path file = directory.resolve(version + ".yml");
    Files.writeString(file, manifest);
    return URI.create(file.toUri() + "#sha256=" + DigestUtils.sha256Hex(manifest));
  }

  DesiredState desire(long generation, String version) throws Exception {
    return desire(generation, version, "");
  }

  DesiredState desire(long generation, String version, String more) throws Exception {
    DesiredState desired = desired(generation, version, publish(version, more));
    store.put(FleetKeys.desired(SHOP), desired.json());
    return desired;
  }

  static DesiredState desired(long generation, String version, URI manifest) {
    return new DesiredState(
        SHOP,
        generation,
        version,
        manifest,
        Optional.empty(),
        "me",
        Instant.EPOCH,
        RolloutRules.NONE,
        Optional.empty());
  }

  String deployed() throws IOException {
    return Files.readString(dest.resolve(content()));
  }

  HostStatus await(HostState wanted, long generation) throws InterruptedException {
    return await(status -> status.state() == wanted && status.generation() == generation);
  }

  HostStatus await(Predicate<HostStatus> wanted) throws InterruptedException {
    synchronized (statuses) {
      while (true) {
        for (HostStatus status : statuses) {
          if (wanted.test(status)) {
            return status;
          }
        }
        statuses.wait();
      }
    }
  }

  void awaitWarning(String part) throws InterruptedException {
    synchronized (statuses) {
      while (warnings.stream().noneMatch(warning -> warning.contains(part))) {
        statuses.wait();
      }
    }
  }

  void awaitReady() throws InterruptedException {
    synchronized (statuses) {
      while (ready == 0) {
        statuses.wait();
      }
    }
  }

  void forget() {
    synchronized (statuses) {
      statuses.clear();
    }
    ran.clear();
  }

  List<HostState> states() {
    synchronized (statuses) {
      return statuses.stream().map(HostStatus::state).toList();
    }
  }

  /** Returns what the store has of this host, once it is in a state. */
  HostStatus stored(HostState wanted) throws Exception {
    long version = 0;
    while (true) {
      var listing = store.watch(FleetKeys.host(NODE, SHOP), version, Duration.ofSeconds(20));
      version = listing.version();
      if (!listing.entries().isEmpty()) {
        HostStatus status = HostStatus.parse(listing.entries().get(0).value());
        if (status.state() == wanted) {
          return status;
        }
      }
    }
  }
}
