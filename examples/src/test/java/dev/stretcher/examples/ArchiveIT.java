package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the distribution, on a host of its own, by the commands of the documentation. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArchiveIT {
  private static final String VERSION = InstallManual.version();
  private static final String ARCHIVE = "stretcher-" + VERSION + ".tar.gz";

  /** Makes an archive of another version, all of whose libraries have other names. */
  private static final String NEXT =
      """
      cp -r /opt/stretcher/. /srv/stretcher-99
      for jar in /srv/stretcher-99/lib/dependencies/*.jar; do
        mv "$jar" "${jar%.jar}-next.jar"
      done
      cd /srv
      chown -R 4711:4711 stretcher-99
      tar --use-compress-program='gzip -1' -cf stretcher-99.tar.gz stretcher-99
      sha256sum stretcher-99.tar.gz >stretcher-99.tar.gz.sha256
      rm -r stretcher-99
      """;

  @TempDir Path directory;

  @Test
  void itIsInstalledUpgradedInTheMiddleOfADeployTakenBackAndForgotten() throws Exception {
    Path memory = Files.createDirectory(directory.resolve("memory"));
    try (ScratchHost host = ScratchHost.over(memory)) {
      copyTo(host);
      refuseADamagedOne(host);
      install(host);
      GatedShop shop = GatedShop.on(host);
      Process agent = host.program("STRETCHER_CACHE_DIR=", "stretcher", "agent").start();
      try (BufferedReader log = GatedShop.log(agent)) {
        upgrade(shop, agent, log);
      } finally {
        agent.toHandle().destroy();
        agent.waitFor();
      }
      forget(host);
    }
    assertThat(memory).isEmptyDirectory();
  }

  private static void copyTo(ScratchHost host) throws IOException {
    Path target = Repository.root().resolve("stretcher-cli/target");
    for (String name : List.of(ARCHIVE, ARCHIVE + ".sha256")) {
      Files.copy(target.resolve(name), host.path("/srv/" + name));
    }
  }

  private static String opt(ScratchHost host) throws Exception {
    return host.run("cd /opt; ls -d stretcher* 2>/dev/null || true");
  }

  private static String home(ScratchHost host) throws Exception {
    return host.run("readlink -f /usr/local/bin/stretcher");
  }

  private static void refuseADamagedOne(ScratchHost host) throws Exception {
    host.run(
        "cd /srv; cp %1$s good; printf x | dd of=%1$s bs=1 seek=1000 conv=notrunc"
            .formatted(ARCHIVE));
    assertThatThrownBy(() -> host.run("cd /srv; " + InstallManual.step("archive")))
        .hasMessageContaining(ARCHIVE + ": FAILED");
    assertThat(opt(host)).isEmpty();
    assertThat(host.path("/usr/local/bin/stretcher")).doesNotExist();
    host.run("cd /srv; mv good " + ARCHIVE);
  }

  private static void install(ScratchHost host) throws Exception {
    host.run("cd /srv; " + InstallManual.step("archive"));
    assertThat(opt(host).lines()).containsExactly("stretcher", "stretcher-" + VERSION);
    assertThat(host.run("stretcher version"))
        .contains("installation   /opt/stretcher-" + VERSION + "\n");
  }

  private static void upgrade(GatedShop shop, Process agent, BufferedReader log) throws Exception {
    ScratchHost host = shop.host();
    // A program for zstd would stand in for the library.
    host.run("rm -f /usr/bin/zstd");
    GatedShop.until(log, "Ready");
    shop.publish("v1", "shop.tar.zst");
    GatedShop.until(log, GatedShop.WAITING);
    try (OutputStream gate = shop.gate()) {
      host.run(NEXT);
      host.run("cd /srv; " + InstallManual.step("archive", "99"));
      assertThat(home(host)).isEqualTo("/opt/stretcher-99/bin/stretcher");
      assertThat(host.run("find /opt/stretcher-99 ! -user root -o ! -group root")).isEmpty();

      // The agent still runs what is there.
      host.run(InstallManual.step("forget", VERSION));
      assertThat(opt(host).lines()).contains("stretcher-" + VERSION, "stretcher-99");
      host.run("kill -s HUP " + Long.toString(agent.pid()));
      GatedShop.until(log, "The configuration was read again");
    }
    GatedShop.until(log, GatedShop.SUCCEEDED);
    assertThat(shop.version()).hasContent("v1\n");
    GatedShop.until(log, "end this agent and start it again");
  }

  private static void forget(ScratchHost host) throws Exception {
    host.run(InstallManual.step("back", VERSION));
    assertThat(host.run("stretcher version"))
        .contains("installation   /opt/stretcher-" + VERSION + "\n");
    host.run(InstallManual.step("forget", "99"));
    assertThat(opt(host).lines()).containsExactly("stretcher", "stretcher-" + VERSION);
  }
}
