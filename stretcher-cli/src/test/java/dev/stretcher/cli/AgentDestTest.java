package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of dest. */
class AgentDestTest extends AgentFixture {
  @Test
  void directoriesNestedDeeperThanAnyStackAreRemoved() throws Exception {
    deployFirst();
    String levels = "for i in $(seq 19); do mkdir -p $0; cd -P $0; done";
    TestApp.exec(
        "sh", "-c", "cd " + app.dest() + "; " + levels, "d/".repeat(100).replaceFirst("/$", ""));

    Cli.Result result = agent(app.manifest().toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(app.dest().resolve("d")).doesNotExist();
  }

  @Test
  void mvOntoADestThatExistsFailsAndChangesNothing() throws Exception {
    Files.createDirectories(app.dest());
    Files.writeString(app.dest().resolve("old"), "old");

    assertFails(agent(app.manifest("sync_strategy: mv").toString()), "dest", "exist");
    assertThat(app.dest()).isDirectoryContaining("glob:**/old");
    assertThat(app.dest().resolve("bin")).doesNotExist();
  }

  @Test
  void destModeIsAppliedAndDefaultsTo0755() throws Exception {
    agent(app.manifest("sync_strategy: mv", "dest_mode: 0711").toString());
    assertThat(Files.getAttribute(app.dest(), "unix:mode")).isEqualTo(0040711);

    Files.move(app.dest(), directory.resolve("away"));
    agent(app.manifest("sync_strategy: mv").toString());
    assertThat(Files.getAttribute(app.dest(), "unix:mode")).isEqualTo(0040755);
  }

  @Test
  void anArchiveThatIsNoneOrIsTruncatedIsAnError() throws Exception {
    byte[] whole = Files.readAllBytes(app.archive());
    Files.writeString(app.archive(), "<html>login</html>".repeat(100));
    assertFails(agent(app.manifest("sync_strategy: mv").toString()), "app.tar.gz", "archive");

    Files.write(app.archive(), java.util.Arrays.copyOf(whole, whole.length - 20));
    assertFails(agent(app.manifest("sync_strategy: mv").toString()), "app.tar.gz", "truncated");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void anArchiveWithoutEntriesDoesNotEmptyDest() throws Exception {
    deployFirst();
    Files.write(app.archive(), new byte[10240]);

    assertFails(agent(app.manifest("sync_strategy: rsync").toString()), "has no entries");
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void aTemporaryDirectoryThatIsNotThereFailsBeforeAnyCommand() throws Exception {
    Map<String, String> environment = environment();
    environment.put("TMPDIR", directory.resolve("none").toString());

    Cli.Result result =
        run(
            List.of(),
            app.manifest("sync_strategy: mv", "commands: {pre: [echo ran]}").toString(),
            environment);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("TMPDIR").doesNotContain("invoking command");
  }

  @Test
  void badInputGetsAClearErrorAndLeavesNothing() throws Exception {
    String dest = "\ndest: " + app.dest();
    String src = "src: " + app.archive().toUri();
    String sum = "\nchecksum: " + app.sha256();
    Map<String, List<String>> cases = new TreeMap<>();
    cases.put("", List.of("STDIN"));
    cases.put("\n", List.of("STDIN"));
    cases.put("{\"ID\":1}", List.of("URL"));
    cases.put("[{\"ID\": 1", List.of("Consul"));
    cases.put("[1]", List.of("Consul"));
    cases.put("not a url", List.of("not a url", "URL"));
    cases.put("gopher://host/app.yml", List.of("gopher", "file, gs, http, https, s3"));
    cases.put("file:///no/such/app.yml", List.of("/no/such/app.yml", "no such file"));
    cases.put("file://" + directory, List.of(directory.toString(), "directory"));
    for (Map.Entry<String, List<String>> one : cases.entrySet()) {
      assertFails(agent(one.getKey()), one.getValue().toArray(String[]::new));
    }
    Map<String, List<String>> manifests = new TreeMap<>();
    manifests.put("", List.of("empty"));
    manifests.put("- a\n- b\n", List.of("mapping"));
    manifests.put("{}", List.of("neither src nor commands"));
    manifests.put("sorce: x", List.of("neither src nor commands"));
    manifests.put("src: [1]\n" + dest, List.of("src", "line 1"));
    manifests.put("a: b: c\n", List.of("line 1"));
    manifests.put("x: " + "y".repeat(1 << 20), List.of("more than 1MiB"));
    manifests.put(src + sum, List.of("dest"));
    manifests.put(src + sum + "\ndest: app", List.of("dest", "absolute"));
    manifests.put(src + sum + dest + "\nsync_strategy: cp", List.of("'cp'", "mv, release, rsync"));
    manifests.put(src + sum + dest + "/not/there\nsync_strategy: mv", List.of("parent", "mkdir"));
    manifests.put(
        "src: nope://x/y" + sum + dest, List.of("nope://x/y", "file, gs, http, https, s3"));
    manifests.put(src + sum + dest + "\nexclude_from: ../../etc/passwd", List.of("exclude_from"));
    manifests.put("env: {A: '{{ must_env \"NO_SUCH\" }}'}", List.of("NO_SUCH"));
    for (Map.Entry<String, List<String>> one : manifests.entrySet()) {
      assertFails(agent(app.write(one.getKey()).toString()), one.getValue().toArray(String[]::new));
    }
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aFileInThePlaceOfDestFailsBeforeTheDownload() throws Exception {
    Files.writeString(app.dest(), "a file");

    Cli.Result result = agent(app.manifest("sync_strategy: mv").toString());

    assertFails(result, "dest " + app.dest() + " is not a directory", "move it away");
    assertThat(result.err()).doesNotContain("Loading URL " + app.archive().toUri());
    assertThat(app.dest()).hasContent("a file");
  }
}
