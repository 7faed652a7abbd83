package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package, on a host of its own, by the commands of the documentation. */
@Timeout(180)
class PackageIT {
  private static final Pattern PROMISE =
      Pattern.compile("(?m)^\\| `(/[^`]+)` \\| (0[0-7]{3}|link) \\|");
  private static final String MANUAL = "stretcher-cli/target/stretcher/share";
  private static final Pattern MANUAL_PLACES = Pattern.compile("^/usr/share/(man|bash|zsh|fish)");
  private static final Pattern LISTED =
      Pattern.compile("(?m)^(\\S+) root/root +\\d+ \\S+ \\S+ \\.(/\\S*?)(?: -> .*)?$");

  /** Makes a package of another version, all of whose libraries have other names. */
  private static final String NEXT =
      """
      dpkg-deb -R "$1" next
      sed -i 's/^Version: .*/Version: 99/' next/DEBIAN/control
      sed -i 's|/[^/]*[.]XXXXXX|/99.XXXXXX|' next/DEBIAN/postinst
      for jar in next/usr/share/stretcher/package/lib/dependencies/*.jar; do
        mv "$jar" "${jar%.jar}-next.jar"
      done
      dpkg-deb -b -Znone next stretcher_99_all.deb
      """;

  private static final String MANIFEST =
      """
      dest: /srv/shop
      commands: {pre: ["echo waiting; cat /srv/gate"]}
      """;

  @TempDir Path directory;
  private Path manual;
  private Path built;

  @BeforeEach
  void find() throws IOException {
    Tools.require("dpkg-deb");
    manual = Repository.root().resolve("docs/how-to/install.md");
    try (Stream<Path> files = Files.list(Repository.root().resolve("stretcher-cli/target"))) {
      built =
          files
              .filter(file -> file.getFileName().toString().matches("stretcher_.*_all\\.deb"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("run mvn -q -DskipTests package first"));
    }
  }

  private String said(String... command) throws Exception {
    Shell.Result result = Shell.in(directory).run(command);
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  private String documented(String step) {
    return Fence.in(manual).stream()
        .filter(fence -> fence.marks().equals(List.of("host", step)))
        .map(Fence::text)
        .collect(Collectors.joining());
  }

  @Test
  void itHasTheFilesAndThePermissionsThatTheManualPromises() throws Exception {
    List<MatchResult> promises =
        new ArrayList<>(PROMISE.matcher(Files.readString(manual)).results().toList());
    List<MatchResult> listed =
        LISTED.matcher(said("dpkg-deb", "-c", built.toString())).results().toList();
    assertThat(promises).isNotEmpty();
    assertThat(listed).isNotEmpty();

    // Manual pages and completion are there if the distribution has them.
    boolean hasManual = Files.exists(Repository.root().resolve(MANUAL));
    promises.removeIf(promise -> !hasManual && MANUAL_PLACES.matcher(promise.group(1)).find());
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
    said("sh", "-eu", "-c", NEXT, "sh", built.toString());
    Path memory = Files.createDirectory(directory.resolve("memory"));
    try (ScratchHost host = ScratchHost.over(memory)) {
      host.run("echo 'APT::Get::Assume-Yes \"true\";' >/etc/apt/apt.conf.d/99-test");
      Files.copy(built, host.path("/root/" + built.getFileName()));
      install(host);
      Process agent = agent(host);
      try {
        upgrade(host, agent);
      } finally {
        agent.toHandle().destroy();
        agent.waitFor();
      }
      removeAndPurge(host);
    }
    assertThat(memory).isEmptyDirectory();
  }

  private void install(ScratchHost host) throws Exception {
    host.run("cd /root; " + documented("install"));
    assertThat(host.run("ls /var/cache/stretcher")).matches("stretcher-\\d+-\\d+\\.jsa");
    assertThat(host.run("stretcher version"))
        .contains("installation", "/usr/share/stretcher/versions/");
    host.run("mkfifo /srv/gate; mkdir /srv/tree; cat >/srv/deploy.yml <<'E'\n" + MANIFEST + "E");
    host.run(
        "printf 'store: file:/srv/fleet\\n"
            + "node: web-1\\n"
            + "apps: [shop]\\n"
            + "' >/etc/stretcher/config.yml");
  }

  /** Starts an agent that finds its classes in the jars alone, and no program for zstd. */
  private static Process agent(ScratchHost host) throws Exception {
    host.run("rm -f /usr/bin/zstd");
    return host.program("STRETCHER_CACHE_DIR=", "stretcher", "agent").start();
  }

  private static void publish(ScratchHost host, String id, String archive) throws Exception {
    host.run(
        """
        echo %s >/srv/tree/version
        stretcher pack -o /srv/%s /srv/tree
        stretcher publish /srv/%s --app shop --to file:/srv/artifacts --manifest /srv/deploy.yml --id %s
        """
            .formatted(id, archive, archive, id));
  }

  private void upgrade(ScratchHost host, Process agent) throws Exception {
    try (BufferedReader log = agent.errorReader()) {
      publish(host, "v1", "shop-1.tar.gz");
      String before = host.run("readlink /usr/share/stretcher/current");
      until(log, "waiting");
      // The command reads it to its end.
      try (OutputStream gate = Files.newOutputStream(host.path("/srv/gate"))) {
        gate.write("upgraded\n".getBytes(StandardCharsets.US_ASCII));
        host.run("rm /root/*.deb");
        Files.copy(
            directory.resolve("stretcher_99_all.deb"), host.path("/root/stretcher_99_all.deb"));
        host.run("cd /root; " + documented("upgrade"));
        assertThat(host.run("readlink /usr/share/stretcher/current"))
            .isNotEqualTo(before)
            .startsWith("versions/99.");
      }
      until(log, "Deploy manifest succeeded.");
      assertThat(host.path("/srv/shop/version")).hasContent("v1\n");

      // A library that the agent has not opened so far.
      publish(host, "v2", "shop-2.tar.zst");
      until(log, "waiting");
      Files.newOutputStream(host.path("/srv/gate")).close();
      until(log, "Deploy manifest succeeded.");
      assertThat(host.path("/srv/shop/version")).hasContent("v2\n");

      addPlugin(host);
      assertThat(host.run("ls /usr/share/stretcher/versions").lines()).hasSize(3);
      assertThat(host.path("/usr/share/stretcher/" + before)).isDirectory();
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

  private static void until(BufferedReader log, String text) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      before.append(line).append('\n');
      if (line.endsWith(text)) {
        return;
      }
      assertThat(line).as(before.toString()).doesNotContain("Deploy manifest failed");
    }
    throw new AssertionError("the log ended without '" + text + "':\n" + before);
  }

  private void removeAndPurge(ScratchHost host) throws Exception {
    host.run("stretcher agent --once");
    host.run("dpkg-reconfigure stretcher; rm -r /usr/local/share/stretcher");
    assertThat(host.run("ls /usr/share/stretcher/versions").lines()).hasSize(2);

    host.run(documented("remove"));
    assertThat(host.path("/usr/bin/stretcher")).doesNotExist();
    assertThat(host.path("/usr/share/stretcher")).doesNotExist();
    assertThat(host.path("/etc/stretcher/config.yml")).exists();
    assertThat(host.path("/var/lib/stretcher")).exists();

    host.run(documented("purge"));
    assertThat(host.path("/srv/shop/version")).hasContent("v2\n");
    assertThat(
            host.run(
                "cd /mnt; find . ! -type d ! -path './srv/*' ! -path './root/*'"
                    + " ! -path './var/lib/dpkg/*' ! -path './var/lib/apt/*' ! -path './var/log/*'"
                    + " ! -path './var/cache/apt/*' ! -path './var/cache/debconf/*'"
                    + " ! -path './var/cache/man/*' ! -path ./etc/apt/apt.conf.d/99-test"
                    + " ! -path ./usr/bin/zstd"))
        .isEmpty();
  }
}
