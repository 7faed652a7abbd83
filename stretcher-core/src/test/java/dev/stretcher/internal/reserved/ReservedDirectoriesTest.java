package dev.stretcher.internal.reserved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.reserved.Reserved.Reach;
import dev.stretcher.text.NativeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no one deploys over by intention, in a system below a directory of the test's own. */
class ReservedDirectoriesTest {
  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();
  private Path root;

  @BeforeEach
  void makeASystem() throws IOException {
    root = directory.toRealPath().resolve("root");
    for (String name :
        List.of(
            "etc/stretcher",
            "usr/bin",
            "usr/share",
            "var/lib/stretcher/dests",
            "var/www/html",
            "home/app/site",
            "home/nobodys",
            "srv/shop",
            "srv/of-app/site",
            "opt/stretcher/lib",
            "data/homes/far",
            "data/state",
            "tmp/one")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.createSymbolicLink(root.resolve("bin"), Path.of("usr/bin"));
    Files.createSymbolicLink(root.resolve("users"), Path.of("data/homes"));
    passwd(
        "root:x:0:0:root:/root:/bin/bash\n"
            + "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
            + "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n"
            + "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
            + "slash:x:2:2::/:/bin/false\n"
            + "app:x:1000:1000::/home/app:/bin/sh\n"
            + "service:x:1001:1001::/srv/of-app/:/bin/sh\n"
            + "far:x:1002:1002::/users/far:/bin/sh\n");
  }

  private void passwd(String text) throws IOException {
    Files.writeString(root.resolve("etc/passwd"), text, StandardCharsets.ISO_8859_1);
  }

  private Optional<String> refusal(Path dest, Path... allowed) {
    List<Reserved> own =
        List.of(
            new Reserved(root.resolve("var/lib/stretcher"), "the agent's state", Reach.ALL),
            new Reserved(root.resolve("opt/stretcher"), "the agent's installation", Reach.ALL),
            new Reserved(
                root.resolve("etc/stretcher/config.yml"), "the agent's configuration", Reach.ALL),
            new Reserved(
                root.resolve("data/state/tmp"), "the agent's temporary directory", Reach.ITSELF));
    return new ReservedDirectories(root, own)
        .refuses(
            dest,
            RealPath.of(dest.toAbsolutePath().normalize()),
            List.of(allowed),
            true,
            warnings::add);
  }

  private void assertRefused(String dest, String why) {
    assertThat(refusal(root.resolve(dest)))
        .as(dest)
        .hasValueSatisfying(text -> assertThat(text).contains("dest " + root, why, "allow_dest"));
  }

  private void assertAllowed(Path dest, Path... allowed) {
    assertThat(refusal(dest, allowed)).as(dest.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bin",
        "boot",
        "dev",
        "etc",
        "lib",
        "lib32",
        "lib64",
        "libx32",
        "media",
        "mnt",
        "opt",
        "proc",
        "run",
        "sbin",
        "srv",
        "sys",
        "tmp",
        "usr",
        "usr/bin",
        "usr/lib",
        "usr/lib64",
        "usr/libexec",
        "usr/local",
        "usr/local/bin",
        "usr/local/etc",
        "usr/local/share",
        "usr/share",
        "usr/src",
        "var",
        "var/cache",
        "var/lib",
        "var/log",
        "var/mail",
        "var/opt",
        "var/run",
        "var/spool",
        "var/tmp",
        "home",
        "root",
        "etc/../etc",
        "srv/shop/../../usr/"
      })
  void refusesADirectoryOfTheSystemWhetherItIsThereOrNot(String dest) {
    assertRefused(dest, "is a directory of the system, and allow_dest does not name exactly");
    assertRefused(dest, "; deploy to a directory below it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srv/shop",
        "srv/shop/etc",
        "opt/shop",
        "opt/stretcher-shop",
        "data/shop",
        "etc2",
        "usr/local/shop",
        "usr/share/shop",
        "var/shop",
        "var/lib/shop",
        "var/lib/stretcher2",
        "var/www/html",
        "var/www2",
        "home/app/site",
        "home/nobodys/site",
        "home2/x",
        "tmp/one",
        "srv/of-app/site",
        "users/far/site",
        "etc/stretcher2",
        "etc/nginx",
        "data/state/tmp/app"
      })
  void allowsWhatIsBelowOrBeside(String dest) {
    assertAllowed(root.resolve(dest));
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "home/app, is the home of user app",
    "home/new, 'is directly in ROOT/home, where homes are'",
    "home/nobodys, 'is directly in ROOT/home, where homes are'",
    "var/www, is the home of user www-data",
    "srv/of-app, is the home of user service",
    "users/far, is the home of user far",
    "data/homes/far, is the home of user far",
    "nonexistent, is the home of user nobody",
    "usr/sbin, is a directory of the system",
    "users, 'holds the home of user far, ROOT/users/far'",
    "data/homes, 'holds the home of user far, ROOT/data/homes/far'",
    "var/lib/stretcher, is the agent's state",
    "var/lib/stretcher/dests, 'is in the agent''s state, ROOT/var/lib/stretcher'",
    "var/lib/stretcher/no/such, 'is in the agent''s state, ROOT/var/lib/stretcher'",
    "opt/stretcher, is the agent's installation",
    "opt/stretcher/lib, is in the agent's installation",
    "etc/stretcher, 'holds the agent''s configuration, ROOT/etc/stretcher/config.yml'",
    "data/state/tmp, is the agent's temporary directory",
    "data/state, holds the agent's temporary directory"
  })
  void saysWhatElseItIs(String dest, String why) {
    assertRefused(dest, why.replace("ROOT", root.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "etc, is a directory of the system",
    "etc/../usr/share, is a directory of the system",
    "home/app, is the home of user app",
    "home, is a directory of the system",
    "var/lib/stretcher/dests, is in the agent's state",
    "data/homes, holds the home of user far"
  })
  void followsALinkThatIsDestOrIsAboveIt(String target, String why) throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("srv/link"), root.resolve(target));
    Path real = root.resolve(target).normalize();
    assertThat(refusal(link))
        .hasValueSatisfying(
            text -> assertThat(text).contains("dest " + link + " (" + real + ") " + why));
    Path above = Files.createSymbolicLink(root.resolve("srv/above"), real.getParent());
    assertThat(refusal(above.resolve(real.getFileName())))
        .hasValueSatisfying(text -> assertThat(text).contains(" (" + real + ") " + why));
  }

  @Test
  void followsALinkToAHomeThatIsNotThereYet() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("srv/link"), root.resolve("home"));
    assertThat(refusal(link.resolve("new"))).isPresent();
    assertAllowed(link.resolve("new/site"));
  }

  @Test
  void findsWhatDirectoriesOfTheSystemLeadTo() throws IOException {
    Files.move(root.resolve("srv"), root.resolve("data/srv"));
    Files.createSymbolicLink(root.resolve("srv"), Path.of("data/srv"));
    assertRefused("data/srv", "is a directory of the system");
    assertRefused("data", "holds ");
    assertAllowed(root.resolve("data/srv/shop"));
  }

  @ParameterizedTest
  @CsvSource({
    "etc, '', is a directory of the system",
    "srv/of-app, '', is the home of user service",
    "data/homes/far, '', is the home of user far",
    "home, '', is a directory of the system",
    "home, new, is directly in",
    "var/lib, '', is a directory of the system",
    "var/lib, stretcher/dests, is in the agent's state",
    "data, state, holds the agent's temporary directory",
    "data, homes, holds the home of user far",
    "data, '', holds the home of user far"
  })
  void findsThemUnderAnotherNameWithoutAnyLink(String what, String below, String why)
      throws Exception {
    Path bound = Files.createDirectory(root.resolve("srv/bound"));
    assumeTrue(
        Files.getAttribute(bound, "unix:uid").equals(0)
            && runs("mount", "--bind", root.resolve(what).toString(), bound.toString()),
        "only root can mount");
    try {
      Path dest = bound.resolve(below);
      assertThat(refusal(dest)).hasValueSatisfying(text -> assertThat(text).contains(why));
      assertAllowed(dest, dest);
      assertAllowed(bound.resolve("shop/one"));
    } finally {
      assertThat(runs("umount", bound.toString())).isTrue();
    }
  }

  private static boolean runs(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  @Test
  void allowsWhatIsNamedExactly() {
    assertAllowed(root.resolve("etc"), root.resolve("etc"));
    assertAllowed(root.resolve("srv"), root.resolve("srv"), root.resolve("opt"));
    assertAllowed(root.resolve("home/app"), root.resolve("home/app/"));
    assertAllowed(root.resolve("home/new"), root.resolve("home/new"));
    assertAllowed(root.resolve("bin"), root.resolve("bin"));
    assertAllowed(root.resolve("bin"), root.resolve("usr/bin"));
    assertAllowed(root.resolve("usr/bin"), root.resolve("bin"));
    assertAllowed(root.resolve("users/far"), root.resolve("users/far"));
    assertAllowed(root.resolve("users/far"), root.resolve("data/homes/far"));
    assertAllowed(root.resolve("var/lib/stretcher"), root.resolve("var/lib/stretcher"));
    assertAllowed(root.resolve("data/state"), root.resolve("data/state"));
  }

  @Test
  void aParentOfItOrANeighbourOrALinkToItIsNotItsName() throws IOException {
    assertThat(refusal(root.resolve("etc"), root)).isPresent();
    assertThat(refusal(root.resolve("usr/bin"), root.resolve("usr"))).isPresent();
    assertThat(refusal(root.resolve("home/app"), root.resolve("home"))).isPresent();
    assertThat(refusal(root.resolve("etc"), root.resolve("etc/stretcher"))).isPresent();
    assertThat(refusal(root.resolve("etc"), root.resolve("usr"))).isPresent();
    Path link = Files.createSymbolicLink(root.resolve("srv/link"), root.resolve("etc"));
    assertThat(refusal(link, link)).isPresent();
    assertAllowed(link, root.resolve("etc"));
  }

  @Test
  void aHomeThatMayBeDeployedToMayNotBeTurnedIntoALinkElsewhere() throws IOException {
    Path home = root.resolve("srv/of-app");
    assertAllowed(home, home);
    Files.move(home, root.resolve("data/away"));
    Files.createSymbolicLink(home, root.resolve("etc"));
    assertThat(refusal(home, home))
        .hasValueSatisfying(
            text -> assertThat(text).contains("(" + root.resolve("etc") + ") is a directory of"));
  }

  @Test
  void linesOfPasswdThatAreBrokenArePassedOver() throws IOException {
    ByteArrayOutputStream passwd = new ByteArrayOutputStream();
    for (String line :
        List.of(
            "",
            ":",
            "half:x:1",
            "::::::",
            "+::::::",
            "+nis:x:1:1::/data/nis:",
            "#no:x:1:1::/data/c:",
            "relative:x:1:1::data/shop:/bin/sh",
            "nul:x:1:1::/data/\0:/bin/sh",
            ":x:1:1::/data/unnamed:/bin/sh",
            "caf\u00e9:x:1:1::/data/caf\u00e9:/bin/sh",
            "last:x:1:1::/data/last")) {
      passwd.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    Files.write(root.resolve("etc/passwd"), passwd.toByteArray());

    Path coffee =
        root.resolve(
            NativeText.path(new byte[] {'d', 'a', 't', 'a', '/', 'c', 'a', 'f', (byte) 0xe9}));
    assertThat(refusal(coffee))
        .hasValueSatisfying(text -> assertThat(text).contains("the home of"));
    assertRefused("data/last", "is the home of user last");
    for (String dest : List.of("data/nis", "data/c", "data/shop", "data/unnamed", "data/caf")) {
      assertAllowed(root.resolve(dest));
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aHostWithoutPasswdHasNoHomesAndOneThatCannotBeReadIsAWarning() throws IOException {
    Path passwd = root.resolve("etc/passwd");
    Files.delete(passwd);
    assertAllowed(root.resolve("var/www"));
    assertThat(warnings).isEmpty();

    Files.createDirectory(passwd);
    assertAllowed(root.resolve("var/www"));
    assertRefused("etc", "is a directory of the system");
    assertThat(warnings)
        .first()
        .asString()
        .startsWith(passwd + " cannot be read, so that homes of users");
  }
}
