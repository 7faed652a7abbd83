package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException.Forbidden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deploy does not empty a directory of the system, in a system of the test's own. */
class ReservedDestTest extends StretcherFixture {
  @TempDir private Path temporary;
  private Path root;
  private Policy policy = Policy.OPEN;

  @BeforeEach
  void makeASystem() throws IOException {
    root = Files.createDirectories(directory.toRealPath().resolve("root"));
    Files.createDirectories(root.resolve("srv/link-to"));
    Files.createDirectories(root.resolve("etc/ssl"));
    Files.writeString(root.resolve("etc/passwd"), "app:x:1:1::/srv/app:/bin/sh\n");
  }

  @Override
  Stretcher.Builder stretcher() {
    return super.stretcher().policy(policy).root(root).temporaryDirectory(temporary);
  }

  private void assertRefused(Path dest, String why) throws Exception {
    putApp(dest, "commands: {pre: [echo], failure: [echo]}");
    events.clear();
    try (Stretcher stretcher = stretcher().build()) {
      for (Throwing way :
          List.<Throwing>of(() -> stretcher.deploy(MANIFEST), () -> stretcher.plan(MANIFEST))) {
        assertThatThrownBy(way::run)
            .isInstanceOf(Forbidden.class)
            .hasMessageContaining("dest " + dest.normalize())
            .hasMessageContaining(why)
            .hasMessageContaining("allow_dest does not name exactly")
            .hasMessageEndingWith("change the policy of this host")
            .extracting(e -> ((Forbidden) e).stage())
            .isEqualTo(Stage.MANIFEST);
      }
      assertThat(stretcher.check(MANIFEST).problems()).singleElement().asString().contains(why);
      assertThat(stretcher.checkAgainstDest(MANIFEST).ok()).isFalse();
    }
    assertThat(memory.opened()).containsOnly("/app.yml");
    assertThat(events).noneMatch(DeployEvent.HookStarted.class::isInstance);
    assertThat(root.resolve("etc/ssl")).exists();
  }

  @FunctionalInterface
  private interface Throwing {
    Object run() throws Exception;
  }

  private void deploy() throws Exception {
    try (Stretcher stretcher = stretcher().build()) {
      stretcher.deploy(MANIFEST);
    }
  }

  @Test
  void aDirectoryOfTheSystemIsRefusedBeforeAnythingIsFetched() throws Exception {
    assertRefused(root.resolve("etc"), "is a directory of the system");
    assertRefused(root.resolve("srv/../etc"), "is a directory of the system");
    assertRefused(root.resolve("srv/app"), "is the home of user app");
    Path link = Files.createSymbolicLink(root.resolve("srv/link"), root.resolve("etc"));
    assertRefused(link, "(" + root.resolve("etc") + ") is a directory of the system");
  }

  @Test
  void whatBelongsToTheProgramIsRefused() throws Exception {
    Path shop = root.resolve("data");
    assertRefused(temporary, "is the agent's temporary directory");
    try (Stretcher stretcher =
        stretcher()
            .ledger(Ledger.in(shop.resolve("state")))
            .reserve(shop.resolve("conf/shop.yml"), "the configuration of the shop")
            .build()) {
      for (String dest : List.of("", "state", "state/app", "conf", "conf/shop.yml/x")) {
        putApp(shop.resolve(dest), "");
        assertThatThrownBy(() -> stretcher.deploy(MANIFEST)).isInstanceOf(Forbidden.class);
      }
    }
    assertThat(shop.toFile().list()).containsExactly("state");
  }

  @Test
  void oneThatTheOperatorNamesIsDeployedTo() throws Exception {
    Path dest = root.resolve("srv/app");
    policy = new Policy(List.of(), List.of(), List.of(dest), Optional.empty(), List.of());
    putApp(dest, "");
    deploy();
    assertThat(dest.resolve("hello")).hasContent("hello");
  }

  @Test
  void oneThatCommandsTurnIntoALinkThereIsRefusedBeforeItIsWrittenTo() throws Exception {
    Path dest = root.resolve("srv/shop");
    putApp(dest, "commands: {pre: ['ln -s %s %s']}".formatted(root.resolve("etc"), dest));
    for (List<Path> allowed : List.of(List.<Path>of(), List.of(root.resolve("srv")))) {
      policy = new Policy(List.of(), List.of(), allowed, Optional.empty(), List.of());
      Files.deleteIfExists(dest);
      assertThatThrownBy(this::deploy)
          .isInstanceOf(Forbidden.class)
          .hasMessageContaining("(" + root.resolve("etc") + ") is a directory of the system")
          .extracting(e -> ((Forbidden) e).stage())
          .isEqualTo(Stage.SYNC);
    }
    assertThat(root.resolve("etc/ssl")).exists();
    assertThat(root.resolve("etc/hello")).doesNotExist();
  }

  @Test
  void aManifestOfCommandsHasNoDestToRefuse() throws Exception {
    memory.put("/app.yml", "dest: %s\ncommands: {pre: ['true']}".formatted(root.resolve("etc")));
    deploy();
  }

  @Test
  void aTemporaryDirectoryOfATestIsDeployedTo() throws Exception {
    putApp(directory.resolve("app"), "");
    try (Stretcher stretcher = super.stretcher().build()) {
      stretcher.deploy(MANIFEST);
    }
    assertThat(directory.resolve("app/hello")).hasContent("hello");
  }
}
