package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package on a host that systemd runs, by the commands of the documentation. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveUnitsIT {
  private static final String STARTED = ": shop of web-1 as file:/srv/fleet says";

  /** There is no journal; and a host that is alone needs no random delay. */
  private static final String DROP_IN =
      """
      [Service]
      StandardOutput=append:/srv/log
      StandardError=append:/srv/log
      ExecStart=
      ExecStart=/usr/bin/stretcher agent --timeout=10m
      Environment=JAVA_OPTS=-XX:TieredStopAtLevel=1
      RestartSec=0
      LimitCORE=0
      """;

  private static final String WATCHDOG =
      """
      [Service]
      WatchdogSec=4
      """;

  /** Stands for a consul watch, and the server that a command of its deploy left behind. */
  private static final String CONSUL =
      """
      #!/bin/sh
      sleep 1000 &
      echo $! >/srv/watched
      wait
      """;

  @TempDir Path directory;

  @Test
  void theAgentIsUpgradedBetweenDeploysWatchedHardenedAndRemoved() throws Exception {
    Tools.require("apt-get");
    DebianPackage old = DebianPackage.built().as("98", directory);
    DebianPackage next = old.as("99", directory);
    Path memory = Files.createDirectory(directory.resolve("memory"));
    try (ScratchHost host = BootedHost.over(memory)) {
      GatedShop shop = install(host, old);
      // It looks ten times a second; by default, it would wait for events of inotify.
      Process tail =
          host.program("tail", "---disable-inotify", "-s", "0.1", "-n", "+1", "-F", "/srv/log")
              .start();
      try (BufferedReader log = tail.inputReader()) {
        upgrade(shop, log, next);
        readTheConfigurationAgain(host, log);
        harden(host, log);
        end(host, log);
        remove(shop, log);
      } finally {
        tail.destroy();
      }
    }
    assertThat(memory).isEmptyDirectory();
  }

  private static String show(ScratchHost host, String property) throws Exception {
    return host.run("systemctl show --value -p " + property + " stretcher-agent");
  }

  private static GatedShop install(ScratchHost host, DebianPackage old) throws Exception {
    // A cache that others may write to is not used: making the archive of classes takes long.
    host.run("mkdir /var/cache/stretcher; chmod 777 /var/cache/stretcher");
    DebianPackage.automate(host);
    old.copyTo(host);
    host.run("cd /srv; " + InstallManual.step("install"));
    assertThat(show(host, "ActiveState")).isEqualTo("inactive");
    assertThat(show(host, "UnitFileState")).isEqualTo("disabled");

    GatedShop shop = GatedShop.on(host);
    shop.afterwards("sleep 1000 >/dev/null 2>&1 & echo $! >/srv/server");
    Path more = host.path("/run/systemd/system/stretcher-agent.service.d");
    Files.createDirectories(more);
    Files.writeString(more.resolve("test.conf"), DROP_IN);
    host.run("systemctl daemon-reload; " + InstallManual.step("start"));
    assertThat(show(host, "SubState")).isEqualTo("running");
    assertThat(show(host, "StatusText")).isEqualTo("shop idle");
    return shop;
  }

  private static void upgrade(GatedShop shop, BufferedReader log, DebianPackage next)
      throws Exception {
    ScratchHost host = shop.host();
    GatedShop.until(log, STARTED);
    shop.publish("v1");
    GatedShop.until(log, GatedShop.WAITING);
    String agent = show(host, "MainPID");
    try (OutputStream gate = shop.gate()) {
      next.copyTo(host);
      host.run("cd /srv; " + InstallManual.step("upgrade") + InstallManual.step("renew"));
      GatedShop.until(log, "The configuration was read again");
      assertThat(show(host, "MainPID")).isEqualTo(agent);
    }
    GatedShop.until(log, GatedShop.SUCCEEDED);
    GatedShop.until(log, "systemd starts the agent again");
    GatedShop.until(log, STARTED);
    assertThat(shop.version()).hasContent("v1\n");
    assertThat(show(host, "MainPID")).isNotEqualTo(agent);
    assertThat(host.run("tr '\\0' '\\n' </proc/" + show(host, "MainPID") + "/cmdline"))
        .contains("-Dstretcher.home=/usr/share/stretcher/versions/99.");
    assertThat(show(host, "NRestarts")).isEqualTo("1");
    assertServerLives(host);
  }

  private static void assertServerLives(ScratchHost host) throws Exception {
    assertThat(host.run("cat /proc/$(cat /srv/server)/comm")).isEqualTo("sleep");
  }

  private static void readTheConfigurationAgain(ScratchHost host, BufferedReader log)
      throws Exception {
    String agent = show(host, "MainPID");
    Path config = host.path("/etc/stretcher/config.yml");
    String good = Files.readString(config);
    Files.writeString(config, good + "store\n");
    host.run("systemctl reload stretcher-agent");
    GatedShop.untilContained(log, "The configuration stays as it was");
    Files.writeString(config, good.replace("[shop]", "[shop, web]"));
    host.run("systemctl reload stretcher-agent");
    GatedShop.until(log, "Nothing is desired");
    Files.writeString(config, good);
    assertThat(show(host, "MainPID")).isEqualTo(agent);
  }

  private static void harden(ScratchHost host, BufferedReader log) throws Exception {
    Files.writeString(
        host.path("/run/systemd/system/stretcher-agent.service.d/watchdog.conf"), WATCHDOG);
    assertThat(exposure(host)).isGreaterThan(70);
    host.run(InstallManual.step("harden"));
    assertThat(exposure(host)).isLessThan(45);
    GatedShop.until(log, STARTED);
    GatedShop shop = new GatedShop(host);
    shop.publish("v2");
    GatedShop.until(log, GatedShop.WAITING);
    shop.gate().close();
    GatedShop.until(log, GatedShop.SUCCEEDED);
    assertThat(shop.version()).hasContent("v2\n");
    assertThat(show(host, "NoNewPrivileges")).isEqualTo("yes");
  }

  /** Returns ten times what systemd says, from 0 to 100. */
  private static int exposure(ScratchHost host) throws IOException, InterruptedException {
    String said = host.run("systemd-analyze security --no-pager stretcher-agent");
    return UnitsIT.exposure(said);
  }

  /** Stops the JVM, so that it says nothing any more. */
  private static void end(ScratchHost host, BufferedReader log) throws Exception {
    String agent = show(host, "MainPID");
    host.run("kill -s STOP " + agent);
    GatedShop.until(log, STARTED);
    assertThat(show(host, "MainPID")).isNotEqualTo(agent);
    assertThat(show(host, "NRestarts")).isEqualTo("1");
    assertServerLives(host);
  }

  private static void watch(ScratchHost host) throws Exception {
    Path consul = host.path("/usr/local/bin/consul");
    Files.writeString(consul, CONSUL);
    host.run(
        """
        chmod 755 /usr/local/bin/consul
        mkfifo /srv/watched
        systemctl start --no-block stretcher-watch@deploy
        server=$(cat /srv/watched)
        rm /srv/watched
        echo "$server" >/srv/watched
        """);
  }

  private static void remove(GatedShop shop, BufferedReader log) throws Exception {
    ScratchHost host = shop.host();
    shop.publish("v3");
    GatedShop.until(log, GatedShop.WAITING);
    watch(host);
    host.run(InstallManual.step("remove"));
    GatedShop.untilContained(log, "Cancelled");
    assertThat(show(host, "ActiveState")).isEqualTo("inactive");
    assertThat(shop.version()).hasContent("v2\n");
    assertServerLives(host);
    host.run("! [ -e /proc/$(cat /srv/watched) ]");

    host.run(InstallManual.step("purge"));
    assertThat(host.path("/etc/systemd/system/multi-user.target.wants/stretcher-agent.service"))
        .doesNotExist();
    assertThat(shop.version()).hasContent("v2\n");
  }
}
