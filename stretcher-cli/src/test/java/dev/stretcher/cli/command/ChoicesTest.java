package dev.stretcher.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.Cli;
import dev.stretcher.fleet.FleetKeys;
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
