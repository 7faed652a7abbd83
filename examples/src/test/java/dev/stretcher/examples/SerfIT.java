package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script and the manifest of {@code examples/serf}. Its {@code serf} is a stand-in that hands
 * an event to the agent's handler as Serf does.
 */
class SerfIT {
  @TempDir Path directory;

  @Test
  void aPublishedVersionIsDeployedAndItsLogKept() throws Exception {
    Tools.require("curl");
    Tools.require("rsync");
    try (ConsulStandIn store = new ConsulStandIn()) {
      Shell.Result result = publish(store);

      assertThat(result.status()).as(result.output()).isZero();
      assertThat(result.output()).contains("Reading Serf user event: deploy");
      assertThat(directory.resolve("srv/shop/greeting")).hasContent("hello");
      assertThat(directory.resolve("status/shop")).hasContent("1.0");
      assertThat(directory.resolve("status/shop.log"))
          .content()
          .contains("1.0 on peer1, event 7", "Deploy manifest succeeded.");
    }
  }

  private Shell.Result publish(ConsulStandIn store) throws IOException, InterruptedException {
    Path examples = Repository.root().resolve("examples/serf");
    Path template = directory.resolve("app.yml");
    Files.createDirectory(directory.resolve("srv"));
    Files.writeString(
        template,
        Files.readString(examples.resolve("app.yml"))
            .replace("/srv/", directory.resolve("srv") + "/"));
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.writeString(tree.resolve("greeting"), "hello");
    return Shell.in(directory)
        .with("PATH", standIn() + ":" + System.getenv("PATH"))
        .with("ARTIFACTS_URL", store.url() + "/store")
        .with("MANIFEST", template.toString())
        .with("STRETCHER", Launcher.path().toString())
        .with("STATUS_DIR", directory.resolve("status").toString())
        .run("", List.of(examples.resolve("publish").toString(), "shop", "1.0", tree.toString()));
  }

  private Path standIn() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path serf = bin.resolve("serf");
    Files.writeString(
        serf,
        """
        #!/bin/sh
        [ "$1" = event ] || exit 0
        [ "$2 $3" = "-coalesce=false deploy" ] || exit 2
        export SERF_EVENT=user SERF_USER_EVENT=deploy SERF_SELF_NAME=peer1 SERF_USER_LTIME=7
        echo "$4" | %s --retry=0
        """
            .formatted(Launcher.path()));
    Files.setPosixFilePermissions(serf, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }
}
