package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the Debian package where something is in their way, with a program of a line. */
@Timeout(60)
class PackageScriptsIT {
  private static final String HOME = "/usr/share/stretcher";
  private static final String PLUGINS = "/usr/local/share/stretcher/plugins";

  @TempDir Path directory;
  private ScratchHost host;

  @BeforeEach
  void unpack() throws Exception {
    host = ScratchHost.over(directory);
    host.run(
        """
        mkdir -p %1$s/package/bin %1$s/package/lib
        printf '#!/bin/sh\\n' >%1$s/package/bin/stretcher
        chmod +x %1$s/package/bin/stretcher
        echo 'of the package' >%1$s/package/lib/core.jar
        """
            .formatted(HOME));
    for (String script : new String[] {"postinst", "postrm"}) {
      String text =
          Files.readString(
              Repository.root().resolve("stretcher-cli/src/deb/control").resolve(script));
      Path copy = host.path("/srv/" + script);
      Files.writeString(copy, text.replace("[[version]]", "1.0"));
      assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
  }

  @AfterEach
  void forget() throws IOException, InterruptedException {
    host.close();
  }

  private String script(String call) throws IOException, InterruptedException {
    return host.run("/srv/" + call);
  }

  private String current() throws IOException, InterruptedException {
    return host.run("readlink -f " + HOME + "/current");
  }

  /** Starts something that looks like the JVM of a version, and ends with its STDIN. */
  private Process running(String version) throws IOException {
    Process process =
        host.program("sh", "-c", "echo ready; read line", "-Dstretcher.home=" + version).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  @Test
  void aPluginDoesNotWriteToAFileOfThePackage() throws Exception {
    host.run(
        "mkdir -p %1$s; echo plug-in >%1$s/core.jar; echo plug-in >%1$s/own.jar"
            .formatted(PLUGINS));

    assertThat(script("postinst configure")).contains(PLUGINS + "/core.jar is left out");

    assertThat(host.run("cat %1$s/package/lib/core.jar %1$s/current/lib/*.jar".formatted(HOME)))
        .isEqualTo("of the package\nof the package\nplug-in");
  }

  @Test
  void aPurgeLeavesWhatIsMountedEvenFromTheSameDevice() throws Exception {
    script("postinst configure");
    host.run(
        """
        mkdir -p /srv/data /var/lib/stretcher/data /var/cache/stretcher/own
        echo precious >/srv/data/file
        mount --bind /srv/data /var/lib/stretcher/data
        """);
    script("postrm remove");

    assertThat(script("postrm purge")).contains("/var/lib/stretcher stays");

    assertThat(host.path("/srv/data/file")).hasContent("precious\n");
    assertThat(host.path("/var/cache/stretcher")).doesNotExist();
    host.run("umount /var/lib/stretcher/data");
    assertThat(script("postrm purge")).isEmpty();
    assertThat(host.path("/var/lib/stretcher")).doesNotExist();
  }

  @Test
  void aRemovalLeavesAVersionToWhatRunsFromIt() throws Exception {
    script("postinst configure");
    String version = current();
    Process deploy = running(version);
    try {
      assertThat(script("postrm remove")).contains(version + " stays");
      assertThat(host.path(version + "/lib/core.jar")).exists();
    } finally {
      deploy.getOutputStream().close();
      deploy.waitFor();
    }
    script("postrm purge");
    assertThat(host.path(version)).doesNotExist();
  }

  @Test
  void whatRunsFromALinkedDirectoryKeepsItsVersion() throws Exception {
    host.run("mv %1$s /opt/stretcher; ln -s /opt/stretcher %1$s".formatted(HOME));
    script("postinst configure");
    String first = current();
    Process deploy = running(first);
    try {
      script("postinst configure");
      script("postinst configure");
      assertThat(host.path(first + "/lib/core.jar")).exists();
    } finally {
      deploy.getOutputStream().close();
      deploy.waitFor();
    }
  }

  @Test
  void whatWasInterruptedOrFailedLeavesNothingAndIsDoneAgain() throws Exception {
    script("postinst configure");
    String before = current();
    host.run(
        """
        sed 's/^  switch_version$/  kill -KILL $$/' /srv/postinst >/srv/killed
        ! sh /srv/killed configure
        mount -t tmpfs -o nr_inodes=4 tmpfs /mnt
        mount --bind /mnt %1$s/versions
        ! /srv/postinst configure 2>/dev/null
        """
            .formatted(HOME));
    assertThat(host.run("ls %1$s/versions; umount %1$s/versions".formatted(HOME))).isEmpty();
    assertThat(current()).isEqualTo(before);

    script("postinst configure");

    assertThat(current()).isNotEqualTo(before);
    assertThat(host.run("ls %s/versions".formatted(HOME)).lines()).hasSize(2);
  }

  @Test
  void whereCurrentLedElsewhereNothingIsRemoved() throws Exception {
    script("postinst configure");
    host.run("mkdir /opt/other; echo x >/opt/other/file; ln -sfn /opt/other " + HOME + "/current");

    script("postinst configure");
    assertThat(current()).startsWith(HOME + "/versions/1.0.");
    host.run("ln -sfn /opt/other " + HOME + "/current");
    script("postrm remove");

    assertThat(host.path("/opt/other/file")).exists();
    assertThat(host.path(HOME + "/versions")).doesNotExist();
  }
}
