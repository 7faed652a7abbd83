package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package, on a host of its own, by the commands of the documentation. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackageIT {
  private static final Pattern PROMISE =
      Pattern.compile("(?m)^\\| `(/[^`]+)` \\| (0[0-7]{3}|link) \\|");
  private static final String MANUAL = "stretcher-cli/target/stretcher/share";
  private static final Pattern MANUAL_PLACES = Pattern.compile("^/usr/share/(man|bash|zsh|fish)");
  private static final String SBOM = "/sbom.json";
  private static final Pattern LISTED =
      Pattern.compile("(?m)^(\\S+) root/root +\\d+ \\S+ \\S+ \\.(/\\S*?)(?: -> .*)?$");

  @TempDir Path directory;
  private DebianPackage built;

  @BeforeEach
  void find() throws IOException {
    built = DebianPackage.built();
  }

  private String said(String... command) throws Exception {
    Shell.Result result = Shell.in(directory).run(command);
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void itHasTheFilesAndThePermissionsThatTheManualPromises() throws Exception {
    List<MatchResult> promises =
        new ArrayList<>(PROMISE.matcher(Files.readString(InstallManual.path())).results().toList());
    List<MatchResult> listed =
        LISTED.matcher(said("dpkg-deb", "-c", built.file().toString())).results().toList();
    assertThat(promises).isNotEmpty();
    assertThat(listed).isNotEmpty();

    // Manual pages and completion are there if the distribution has them.
    boolean hasManual = Files.exists(Repository.root().resolve(MANUAL));
    promises.removeIf(promise -> !hasManual && MANUAL_PLACES.matcher(promise.group(1)).find());
    boolean hasSbom = !Sbom.isLeftOut();
    promises.removeIf(promise -> !hasSbom && promise.group(1).endsWith(SBOM));
    for (MatchResult promise : promises) {
      assertThat(listed.stream().filter(file -> isMeant(promise, file)))
          .as(promise.group())
          .isNotEmpty()
          .allSatisfy(file -> assertThat(mode(file.group(1))).isEqualTo(promise.group(2)));
    }
    assertThat(listed)
        .filteredOn(file -> file.group(1).charAt(0) != 'd')
        .allSatisfy(
            file ->
                assertThat(promises.stream().filter(promise -> isMeant(promise, file)))
                    .as("what the manual says of " + file.group(2))
                    .isNotEmpty());
  }

  /** Tells whether a promise is about a file: that of a directory is about all files below it. */
  private static boolean isMeant(MatchResult promise, MatchResult file) {
    String promised = promise.group(1);
    return file.group(1).charAt(0) != 'd'
        && (promised.endsWith("/")
            ? file.group(2).startsWith(promised)
            : file.group(2).equals(promised));
  }

  private static String mode(String symbolic) {
    if (symbolic.charAt(0) == 'l') {
      return "link";
    }
    int mode = 0;
    for (char letter : symbolic.substring(1).toCharArray()) {
      mode = 2 * mode + (letter == '-' ? 0 : 1);
    }
    return "0" + Integer.toOctalString(mode);
  }

  @Test
  void itIsInstalledUpgradedInTheMiddleOfADeployRemovedAndPurged() throws Exception {
    Tools.require("apt-get");
    DebianPackage next = built.as("99", directory);
    Path memory = Files.createDirectory(directory.resolve("memory"));
    try (ScratchHost host = ScratchHost.over(memory)) {
      DebianPackage.automate(host);
      built.copyTo(host);
      GatedShop shop = install(host);
      Process agent = agent(host);
      try {
        upgrade(shop, agent, next);
      } finally {
        agent.toHandle().destroy();
        agent.waitFor();
      }
      removeAndPurge(host);
    }
    assertThat(memory).isEmptyDirectory();
  }

  private static GatedShop install(ScratchHost host) throws Exception {
    host.run("cd /srv; " + InstallManual.step("install"));
    assertThat(host.run("ls /var/cache/stretcher")).matches("stretcher-\\d+-\\d+\\.jsa");
    assertThat(host.run("stretcher version"))
        .contains("installation", "/usr/share/stretcher/versions/");
    return GatedShop.on(host);
  }

  /**
   * Starts an agent as systemd does, that finds its classes in the jars alone, and no program for
   * zstd.
   */
  private static Process agent(ScratchHost host) throws Exception {
    host.run("rm -f /usr/bin/zstd");
    return host.program("STRETCHER_CACHE_DIR=", "NOTIFY_SOCKET=/run/nobody", "stretcher", "agent")
        .start();
  }

  private static void upgrade(GatedShop shop, Process agent, DebianPackage next) throws Exception {
    ScratchHost host = shop.host();
    try (BufferedReader log = GatedShop.log(agent)) {
      shop.publish("v1");
      String before = host.run("readlink /usr/share/stretcher/current");
      GatedShop.until(log, GatedShop.WAITING);
      try (OutputStream gate = shop.gate()) {
        next.copyTo(host);
        assertThat(host.run("cd /srv; " + InstallManual.step("upgrade")))
            .contains("goes on with the version that it was started from")
            .contains("'systemctl reload stretcher-agent'");
        assertThat(host.run("readlink /usr/share/stretcher/current"))
            .isNotEqualTo(before)
            .startsWith("versions/99.");
      }
      GatedShop.until(log, GatedShop.SUCCEEDED);
      assertThat(shop.version()).hasContent("v1\n");

      // A library that the agent has not opened so far.
      shop.publish("v2", "shop.tar.zst");
      GatedShop.until(log, GatedShop.WAITING);
      addPlugin(host);
      assertThat(host.run("ls /usr/share/stretcher/versions").lines()).hasSize(3);
      assertThat(host.path("/usr/share/stretcher/" + before)).isDirectory();
      host.run("kill -s HUP " + Long.toString(agent.pid()));
      GatedShop.until(log, "The configuration was read again");
      shop.gate().close();
      GatedShop.until(log, GatedShop.SUCCEEDED);
      assertThat(shop.version()).hasContent("v2\n");
      GatedShop.until(log, "systemd starts the agent again");
      assertThat(agent.waitFor()).isEqualTo(75);
    }
  }

  /** Configures the package again, where it cannot make a class-data archive. */
  private static void addPlugin(ScratchHost host) throws Exception {
    String said =
        host.run(
            """
            chmod o+w /var/cache/stretcher
            mkdir -p /usr/local/share/stretcher/plugins
            echo x >/usr/local/share/stretcher/plugins/own.jar
            dpkg-reconfigure stretcher
            ls -l /usr/share/stretcher/current/lib/own.jar
            """);
    assertThat(said).contains("others may write to /var/cache/stretcher", "tenths of a second");
  }

  private void removeAndPurge(ScratchHost host) throws Exception {
    host.run("stretcher agent --once");
    host.run("dpkg-reconfigure stretcher; rm -r /usr/local/share/stretcher");
    assertThat(host.run("ls /usr/share/stretcher/versions").lines()).hasSize(2);

    host.run(InstallManual.step("remove"));
    assertThat(host.path("/usr/bin/stretcher")).doesNotExist();
    assertThat(host.path("/usr/share/stretcher")).doesNotExist();
    assertThat(host.path("/etc/stretcher/config.yml")).exists();
    assertThat(host.path("/var/lib/stretcher")).exists();

    host.run(InstallManual.step("purge"));
    assertThat(host.path("/srv/shop/version")).hasContent("v2\n");
    assertThat(
            host.run(
                "cd /mnt; find . ! -type d ! -path './srv/*' ! -path"
                    + " './var/lib/dpkg/*' ! -path './var/lib/apt/*' ! -path './var/log/*' ! -path"
                    + " './var/cache/apt/*' ! -path './var/cache/debconf/*' ! -path"
                    + " './var/cache/man/*' ! -path './var/lib/man-db/*' ! -path"
                    + " ./etc/apt/apt.conf.d/99-test ! -path ./usr/bin/zstd"))
        .isEmpty();
  }
}
