package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.agent.AgentListener;
import dev.stretcher.agent.HostAgent;
import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.report.DeployListener;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent and releases on a disk: what is live is where the link leads to. */
@Timeout(60)
class AgentOfReleasesTest {
  private static final AppName SHOP = new AppName("shop");

  @TempDir Path directory;
  private final StoreInMemory store = new StoreInMemory();

  private Stretcher stretcher(DeployListener listener) {
    return Stretcher.builder()
        .source(new LocalFiles())
        .syncer(new ReleaseDirectorySyncer())
        .hookRunner(hook -> hook.command().equals("bad") ? 1 : 0)
        .ledger(Ledger.in(directory.resolve("state")))
        .listener(listener)
        .temporaryDirectory(directory)
        .build();
  }

  private static final class LocalFiles implements Source {
    @Override
    public Set<String> schemes() {
      return Set.of("file");
    }

    @Override
    public Content open(URI uri, FetchRequest request) throws IOException {
      return Content.of(Files.newInputStream(Path.of(uri)));
    }
  }

  private boolean once(AgentListener listener) throws Exception {
    return HostAgent.builder(
            store, "web1", Set.of(SHOP), (app, ears) -> stretcher(ears), directory.resolve("state"))
        .listener(listener)
        .build()
        .once(Duration.ofSeconds(20));
  }

  private HostStatus converge(boolean expected) throws Exception {
    assertThat(once(new AgentListener() {})).isEqualTo(expected);
    return HostStatus.parse(store.text(FleetKeys.host("web1", SHOP)).orElseThrow());
  }

  private void desire(long generation, String id, String more) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = id.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("version");
      entry.setSize(content.length);
      // What has the same size and time counts as unchanged.
      entry.setModTime(generation * 1000);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    Path archive = Files.write(directory.resolve(id + ".tar"), bytes.toByteArray());
    String manifest =
        "src: %s\nchecksum: %s\ndest: %s\nsync_strategy: release\nrelease: {id: %s}\n%s\n"
            .formatted(
                archive.toUri(), DigestUtils.sha256Hex(bytes.toByteArray()), dest(), id, more);
    Path file = Files.writeString(directory.resolve(id + ".yml"), manifest);
    DesiredState desired =
        new DesiredState(
            SHOP,
            generation,
            id,
            URI.create(file.toUri() + "#sha256=" + DigestUtils.sha256Hex(manifest)),
            Optional.empty(),
            "me",
            Instant.EPOCH,
            RolloutRules.NONE,
            Optional.empty());
    store.put(FleetKeys.desired(SHOP), desired.json());
  }

  private Path dest() {
    return directory.resolve("dest");
  }

  private String deployed() throws IOException {
    return Files.readString(dest().resolve("current/version"));
  }

  @Test
  void goesBackIfACommandFailsAndKnowsWhatIsLiveThen() throws Exception {
    desire(1, "v1", "");
    assertThat(converge(true).live()).contains("v1");
    desire(2, "v2", "commands: {post: [bad]}\non_failure: rollback");

    HostStatus status = converge(false);

    assertThat(status.state()).isEqualTo(HostState.ROLLED_BACK);
    assertThat(status.live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void bringsBackAtItsStartWhatSomebodyHasRolledBackOrLinkedAway() throws Exception {
    desire(1, "v1", "");
    converge(true);
    desire(2, "v2", "");
    converge(true);
    try (Stretcher stretcher = stretcher(event -> {})) {
      stretcher.rollback(dest());
    }
    assertThat(deployed()).isEqualTo("v1");

    assertThat(converge(true).live()).contains("v2");
    assertThat(deployed()).isEqualTo("v2");
    Path link = dest().resolve("current");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("releases/v1"));
    assertThat(converge(true).live()).contains("v2");
    assertThat(deployed()).isEqualTo("v2");
  }
}
