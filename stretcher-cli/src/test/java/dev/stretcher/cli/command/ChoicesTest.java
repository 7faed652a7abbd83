package dev.stretcher.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.Cli;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.RolloutRequest;
import dev.stretcher.fleet.Stores;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The names that completion asks for. */
@Timeout(60)
class ChoicesTest {
  @TempDir private Path directory;
  private String store;

  @BeforeEach
  void fill() throws Exception {
    store = "file:" + directory.resolve("store");
    try (KeyValueStore opened =
        Stores.open(URI.create(store), Map.of(), getClass().getClassLoader())) {
      for (String name : List.of("shop", "blog", "not an app")) {
        opened.write(List.of(Change.put(FleetKeys.DESIRED + name, "{}")));
      }
    }
  }

  private static Cli.Result ask(String... args) {
    return Cli.launch(List.of(args), InputStream.nullInputStream(), Map.of("STRETCHER_CONFIG", ""));
  }

  @Test
  void areTheAppsOfTheStore() {
    assertThat(ask("__choices", "apps", "--store=" + store))
        .isEqualTo(new Cli.Result(0, "blog\nshop\n", ""));
  }

  @Test
  void areTheVersionsOfAnAppWhereTheyLieAndTheHosts() throws Exception {
    try (KeyValueStore opened =
        Stores.open(URI.create(store), Map.of(), getClass().getClassLoader())) {
      opened.write(List.of(Change.put(FleetKeys.host("web-1", new AppName("shop")), "{}")));
      Fleet fleet = Fleet.over(opened);
      for (String id : List.of("1.4.1", "1.4.2")) {
        rollOut(fleet, "news", id);
      }
      rollOut(fleet, "wiki", "7");
    }

    assertThat(ask("__choices", "versions", "--app=news", "--store=" + store).out())
        .isEqualTo("1.4.1\n1.4.2\n");
    assertThat(ask("__choices", "versions", "--store=" + store).out())
        .isEqualTo("1.4.1\n1.4.2\n7\n");
    assertThat(ask("__choices", "places", "--store=" + store).out()).isEqualTo("s3://deploys\n");
    assertThat(ask("__choices", "nodes", "--store=" + store).out()).isEqualTo("web-1\n");
  }

  private static void rollOut(Fleet fleet, String app, String id) throws Exception {
    String manifest = "s3://deploys/%s/%s.yml#sha256=%s".formatted(app, id, "0".repeat(64));
    fleet.rollout(new RolloutRequest(new AppName(app), URI.create(manifest), id, "me"));
  }

  @Test
  void areTheReleasesOfADestTheNewestFirst() throws Exception {
    Path dest = Files.createDirectory(directory.resolve("srv"));
    Path releases = Files.createDirectory(dest.resolve("releases"));
    for (String id : List.of("1.4.1", "1.4.2")) {
      Files.createDirectory(releases.resolve(id));
    }
    Files.createSymbolicLink(dest.resolve("current"), Path.of("releases/1.4.2"));

    assertThat(ask("__choices", "releases", "--dest=" + dest).out().lines())
        .containsExactlyInAnyOrder("1.4.1", "1.4.2");
    assertThat(ask("__choices", "releases", "--dest=" + releases))
        .isEqualTo(new Cli.Result(0, "", ""));
  }

  @Test
  void areTheDestsOfTheLedger() throws Exception {
    String state = "--state-dir=" + Files.createDirectory(directory.resolve("state"));
    Path manifest = directory.resolve("m.yml");
    for (String dest : List.of("b", "a b", "b")) {
      Files.writeString(manifest, "src: file:/no/such\ndest: '/srv/%s'\n".formatted(dest));
      assertThat(ask("deploy", state, manifest.toUri().toString()).exitCode()).isEqualTo(1);
    }

    assertThat(ask("__choices", "dests", state).out()).isEqualTo("/srv/a b\n/srv/b\n");
    assertThat(ask("__choices", "dests", "--state-dir=").out()).isEmpty();
  }

  @Test
  void aStoreThatDoesNotAnswerHasNoneAndIsNoError() throws Exception {
    assertThat(ask("__choices", "apps", "--store=consul://127.0.0.1:1"))
        .isEqualTo(new Cli.Result(0, "", ""));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "consul://127.0.0.1:" + silent.getLocalPort();
      assertThat(ask("__choices", "apps", "--store=" + address))
          .isEqualTo(new Cli.Result(0, "", ""));
    }
  }
}
