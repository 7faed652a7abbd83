package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The Debian package that the build has made, or one of another version. */
record DebianPackage(Path file) {
  /** Takes the package apart, gives it another version, and all of its libraries other names. */
  private static final String AGAIN =
      """
      rm -rf apart
      dpkg-deb -R "$1" apart
      sed -i "s/^Version: .*/Version: $2/" apart/DEBIAN/control
      sed -i "s|/[^/]*[.]XXXXXX|/$2.XXXXXX|" apart/DEBIAN/postinst
      for jar in apart/usr/share/stretcher/package/lib/dependencies/*.jar; do
        mv "$jar" "${jar%.jar}-$2.jar"
      done
      dpkg-deb -b -Znone apart "stretcher_$2_all.deb"
      """;

  static DebianPackage built() throws IOException {
    Tools.require("dpkg-deb");
    try (Stream<Path> files = Files.list(Repository.root().resolve("stretcher-cli/target"))) {
      return new DebianPackage(
          files
              .filter(file -> file.getFileName().toString().matches("stretcher_.*_all\\.deb"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("run mvn -q -DskipTests package first")));
    }
  }

  /** Makes a package with the same content and another version, in a directory. */
  DebianPackage as(String version, Path directory) throws IOException, InterruptedException {
    Shell.Result made =
        Shell.in(directory).run("sh", "-eu", "-c", AGAIN, "sh", file.toString(), version);
    assertThat(made.status()).as(made.output()).isZero();
    return new DebianPackage(directory.resolve("stretcher_" + version + "_all.deb"));
  }

  /** Has apt-get ask nothing on a host, and not renew the index of manual pages each time. */
  static void automate(ScratchHost host) throws IOException, InterruptedException {
    host.run(
        "echo 'APT::Get::Assume-Yes \"true\";' >/etc/apt/apt.conf.d/99-test;"
            + " rm -f /var/lib/man-db/auto-update");
  }

  /** Puts the package where the commands of the manual find it, and no other. */
  void copyTo(ScratchHost host) throws IOException, InterruptedException {
    host.run("rm -f /srv/stretcher_*_all.deb");
    Files.copy(file, host.path("/srv/" + file.getFileName()));
  }
}
