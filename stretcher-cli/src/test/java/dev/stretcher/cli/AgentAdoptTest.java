package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dest that someone else has filled: what a slip in dest would empty. */
class AgentAdoptTest extends AgentFixture {
  @BeforeEach
  void fillDest() throws IOException {
    fill(app.dest());
  }

  private static void fill(Path dest) throws IOException {
    Path papers = Files.createDirectories(dest.resolve("papers"));
    for (int i = 0; i < 150; i++) {
      Files.writeString(papers.resolve("paper-" + i), "precious");
    }
    Files.createDirectories(dest.resolve("data"));
    Files.writeString(dest.resolve("data/a.txt"), "aaa");
  }

  private Cli.Result deploy(URI manifest, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("deploy", manifest.toString()));
    all.addAll(List.of(args));
    return run(all, "", environment());
  }

  private void assertRefused(Cli.Result result) throws IOException {
    assertFails(
        result,
        "no deploy has made this dest, and this one would delete 151 of the 153 names in it",
        "papers/paper-0",
        "deploy once with --adopt");
    assertThat(app.dest().resolve("papers").toFile().list()).hasSize(150);
    assertThat(app.dest().resolve("bin")).doesNotExist();
  }

  @Test
  void treeEmptiesItOnlyIfItIsAdopted() throws Exception {
    URI manifest = app.manifest();
    assertRefused(deploy(manifest));
    assertRefused(agent(manifest.toString()));

    Cli.Result dry = deploy(manifest, "--dry-run");
    assertRefused(dry);
    assertThat(dry.err()).contains("delete papers/paper-149", "151 to delete", "Dry run failed: ");

    assertThat(deploy(manifest, "--adopt").exitCode()).isZero();
    assertThat(app.dest().resolve("papers")).doesNotExist();
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
    fill(app.dest());
    assertThat(deploy(manifest).exitCode()).as("it is known now").isZero();
    assertThat(app.dest().resolve("papers")).doesNotExist();
  }

  @Test
  void rsyncDoesAsTreeDoes() throws Exception {
    Tools.require("rsync");
    URI manifest = app.manifest("sync_strategy: rsync");
    assertRefused(deploy(manifest));
    Cli.Result dry = deploy(manifest, "--dry-run");
    assertRefused(dry);
    assertThat(dry.err()).contains("delete papers/paper-149", "rsync: ", "151 to delete");
    Cli.Result check =
        run(List.of("check", "--against-dest", manifest.toString()), "", environment());
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err()).contains("would delete 151 of the 153 names");
    assertThat(check.out()).contains("delete papers/paper-149").doesNotContain("ok");

    URI excluding = app.manifest("sync_strategy: rsync", "excludes: [papers]");
    assertThat(deploy(excluding).exitCode()).isZero();
    assertThat(app.dest().resolve("papers").toFile().list()).hasSize(150);
    URI all = app.manifest("sync_strategy: rsync");
    assertThat(deploy(all).exitCode()).as("it is known now").isZero();
    assertThat(app.dest().resolve("papers")).doesNotExist();
  }

  @Test
  void aFleetIsMigratedByItsConfiguration() throws Exception {
    Path config = Files.writeString(directory.resolve("config.yml"), "adopt: true\n");
    Map<String, String> environment = environment();
    environment.put("STRETCHER_CONFIG", config.toString());
    String manifest = app.manifest().toString();

    assertRefused(run(List.of("deploy", "--adopt=false", manifest), "", environment));
    assertThat(run(List.of(), manifest, environment).exitCode()).isZero();
    Files.writeString(config, "adopt: false\n");
    fill(app.dest());
    assertThat(run(List.of(), manifest, environment).exitCode()).isZero();
    assertThat(app.dest().resolve("papers")).doesNotExist();
  }
}
