package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator can rely on, in-process and with the packaged launcher. */
abstract class AgentContract {
  @TempDir Path directory;
  private Path temporary;
  private TestApp app;

  /** Runs the command line to its end. */
  abstract Cli.Result run(List<String> args, String stdin, Map<String, String> environment)
      throws Exception;

  @BeforeEach
  void packAnApplication() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
    app = new TestApp(directory).file("bin/run", "v1").file("data/a.txt", "aaa").pack();
  }

  @Test
  void aPlainLineWithoutLineEndDeploys() throws Exception {
    Cli.Result result = agent(app.manifest("sync_strategy: mv").toString());

    assertThat(result.exitCode()).isZero();
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
    assertThat(result.err())
        .contains("Starting up stretcher agent ")
        .contains("Waiting for events from STDIN...")
        .contains("Loading manifest: file:")
        .contains("Executing manifest ")
        .contains("Loading URL file:")
        .contains("Checksum ok: " + app.sha256())
        .contains("Extract archive: " + app.archive() + " to ")
        .contains("Deploy manifest succeeded.")
        .endsWith(" Done\n");
    assertThat(result.err().lines())
        .allMatch(line -> line.matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d .*"));
    assertThat(result.out()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void carriageReturnAndBlanksAroundTheLineDoNotMatter() throws Exception {
    assertThat(agent(" \t" + app.manifest("sync_strategy: mv") + " \r\n").exitCode()).isZero();
    assertThat(app.dest().resolve("data/a.txt")).hasContent("aaa");
  }

  @Test
  void theLastEventOfAConsulArrayCounts() throws Exception {
    URI good = app.manifest("sync_strategy: mv");
    String events =
        "[" + consulEvent("one", "file:///no/such.yml") + "," + consulEvent("two", good) + "]\n";

    Cli.Result result = agent(events, "CONSUL_INDEX", "4230333957861204272");

    assertThat(result.err())
        .contains(" Reading Consul event\n")
        .contains(" Consul event ID: two\n")
        .doesNotContain("such.yml");
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void aConsulArrayIsRecognisedWithoutConsulIndex() throws Exception {
    Cli.Result result = agent("[" + consulEvent("x", app.manifest("sync_strategy: mv")) + "]");

    assertThat(result.exitCode()).isZero();
    assertThat(app.dest()).isDirectory();
  }

  @Test
  void theEmptyArrayThatConsulWatchStartsWithIsNothingToDo() throws Exception {
    Cli.Result result = agent(recorded().get(0), "CONSUL_INDEX", "1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("nothing to do");
  }

  @Test
  void theRecordedEventsOfConsulAreUnderstood() throws Exception {
    List<String> recorded = recorded();

    assertThat(agent(recorded.get(1)).err())
        .contains("Consul event ID: 847ff890-4be8-6859-2c67-4fc6ccc93d2e")
        .contains("Loading manifest: s3://b/1.yml");
    assertThat(agent(recorded.get(2)).err()).contains("e8162eb8-406b-c124-d2a3-04ea07fd2014");
    assertThat(agent(recorded.get(2)).exitCode()).isEqualTo(1);
    assertThat(agent(recorded.get(3)).err()).contains("e8162eb8-406b-c124-d2a3-04ea07fd2014");
  }

  @Test
  void aSerfUserEventIsNamed() throws Exception {
    Cli.Result result =
        agent(app.manifest("sync_strategy: mv") + "\n", "SERF_USER_EVENT", "deploy");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("Reading Serf user event: deploy");
  }

  @Test
  void underConsulWatchTheExitStatusIsAlwaysZero() throws Exception {
    assertThat(agent("", "CONSUL_INDEX", "1").exitCode()).isZero();
    assertThat(agent("[]x", "CONSUL_INDEX", "1").exitCode()).isZero();
    assertThat(
            agent("[" + consulEvent("i", "file:///no/such.yml") + "]", "CONSUL_INDEX", "1")
                .exitCode())
        .isZero();
    assertThat(run(List.of("--no-such-flag"), "", Map.of("CONSUL_INDEX", "1")).exitCode()).isZero();
    assertThat(agent("file:///no/such.yml").exitCode()).isEqualTo(1);
  }

  @Test
  void deployTakesTheUrlAsAnArgument() throws Exception {
    Cli.Result result =
        run(List.of("deploy", app.manifest("sync_strategy: mv").toString()), "", environment());

    assertThat(result.exitCode()).isZero();
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void aWrongChecksumChangesNothing() throws Exception {
    deployFirst();
    URI manifest = app.write(yaml("0".repeat(64), "rsync"));

    assertFails(agent(manifest.toString()), "checksum mismatch", "expected:000", app.sha256());
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void aMissingOrMalformedChecksumFailsBeforeTheDownload() throws Exception {
    Cli.Result missing =
        agent(app.write("src: %s\ndest: %s\n".formatted(app.archive().toUri(), app.dest())) + "");
    Cli.Result malformed = agent(app.write(yaml("xyz", "rsync")).toString());

    assertFails(missing, "checksum", "add");
    assertThat(missing.err()).doesNotContain("Loading URL " + app.archive().toUri());
    assertFails(malformed, "checksum", "line 2");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aManifestThatIsNotThereIsAnError() throws Exception {
    try (MockWebServer server = started(new MockResponse.Builder().code(404).build())) {
      assertFails(agent(server.url("/app.yml?token=s3cret").toString()), "/app.yml", "404");
    }
  }

  @Test
  void anArchiveThatIsNotThereIsAnErrorAndNotRetried() throws Exception {
    try (MockWebServer server = started(new MockResponse.Builder().code(404).build())) {
      URI src = server.url("/app.tar.gz?X-Amz-Signature=s3cret").uri();

      Cli.Result result = agent(app.manifestFrom(src, "sync_strategy: mv").toString());

      assertFails(result, "/app.tar.gz", "404");
      assertThat(result.err()).doesNotContain("s3cret");
      assertThat(server.getRequestCount()).isEqualTo(1);
      assertThat(server.takeRequest().getHeaders().get("User-Agent")).startsWith("Stretcher/");
    }
  }

  @Test
  void aTruncatedBodyIsAnError() throws Exception {
    byte[] bytes = Files.readAllBytes(app.archive());
    MockResponse.Builder cut = new MockResponse.Builder();
    cut.body(new Buffer().write(bytes, 0, bytes.length / 2));
    cut.setHeader("Content-Length", bytes.length);
    cut.onResponseEnd(new mockwebserver3.SocketEffect.CloseSocket());
    try (MockWebServer server = started(cut.build())) {
      URI manifest = app.manifestFrom(server.url("/a.tar.gz").uri(), "sync_strategy: mv");

      Cli.Result result = run(List.of("--retry=0"), manifest.toString(), environment());

      assertFails(result, "cannot fetch", "/a.tar.gz");
    }
  }

  @Test
  void aBodyThatStallsEndsWithTheTimeOut() throws Exception {
    MockResponse.Builder slow = new MockResponse.Builder();
    slow.body(new Buffer().write(Files.readAllBytes(app.archive())));
    slow.throttleBody(1, 1, java.util.concurrent.TimeUnit.HOURS);
    try (MockWebServer server = started(slow.build())) {
      URI manifest = app.manifestFrom(server.url("/a.tar.gz").uri(), "sync_strategy: mv");

      Cli.Result result = run(List.of("-timeout", "0.5"), manifest.toString(), environment());

      assertFails(result, "timeout 500ms reached", "/a.tar.gz");
    }
  }

  @Test
  void aPreCommandThatFailsStopsTheDeployBeforeDestChanges() throws Exception {
    Cli.Result result =
        agent(
            app.manifest(
                    "sync_strategy: mv",
                    "commands:",
                    "  pre: [echo one, 'echo two; exit 3', echo three]",
                    "  post: [echo post]",
                    "  success: [echo good]",
                    "  failure: ['cat; echo bad', 'pwd']")
                .toString());

    assertFails(result, "exit 3", "exit status 3");
    assertThat(result.err()).contains(" two\n").doesNotContain(" three\n").doesNotContain("post\n");
    assertThat(result.out())
        .contains("Starting up stretcher agent ")
        .contains("Deploy manifest failed: ")
        .contains("bad\n" + Path.of("").toAbsolutePath() + "\n")
        .doesNotContain("\ngood\n");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void commandsRunInOrderWithTheirEnvironmentAndTheLogOnStdin() throws Exception {
    Cli.Result result =
        agent(
            app.manifest(
                    "sync_strategy: mv",
                    "env: {GREETING: 'grüß {{ env \"WHO\" \"x\" }}'}",
                    "commands:",
                    "  pre: ['echo \"$GREETING\"; echo err >&2']",
                    "  post: ['test -f %s/bin/run && echo there']".formatted(app.dest()),
                    "  success: ['grep -c \"Deploy manifest succeeded.$\"; echo to-err >&2',"
                        + " 'true', 'exit 9', 'echo never']")
                .toString(),
            "WHO",
            "Gott");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains("invoking command: echo \"$GREETING\"")
        .contains(" grüß Gott\n")
        .contains(" err\n")
        .contains(" there\n")
        .contains("\nto-err\n")
        .contains("exit 9")
        .doesNotContain("invoking command: echo never");
    assertThat(result.out()).isEqualTo("1\n");
  }

  @Test
  void aHookThatLeavesAChildHoldingStdoutDoesNotBlock() throws Exception {
    long start = System.nanoTime();
    Cli.Result result =
        agent(
            app.manifest("sync_strategy: mv", "commands: {pre: ['sleep 30 & echo started']}")
                .toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains(" started\n");
    assertThat((System.nanoTime() - start) / 1_000_000_000L).isLessThan(25);
  }

  @Test
  void aManifestWithoutSrcRunsItsCommandsOnly() throws Exception {
    Cli.Result result =
        agent(app.write("commands: {pre: [echo a], post: [echo b], success: [echo c]}") + "");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).containsSubsequence(" a\n", " b\n");
    assertThat(result.out()).isEqualTo("c\n");
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
    cases.put("gopher://host/app.yml", List.of("gopher", "file, http, https"));
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
    manifests.put("x: " + "y".repeat(1 << 20), List.of("1048576"));
    manifests.put(src + sum, List.of("dest"));
    manifests.put(src + sum + "\ndest: app", List.of("dest", "absolute"));
    manifests.put(src + sum + dest + "\nsync_strategy: cp", List.of("'cp'", "mv, rsync"));
    manifests.put(src + sum + dest + "/not/there\nsync_strategy: mv", List.of("parent", "mkdir"));
    manifests.put("src: nope://x/y" + sum + dest, List.of("nope://x/y", "file, http, https"));
    manifests.put(src + sum + dest + "\nexclude_from: ../../etc/passwd", List.of("exclude_from"));
    manifests.put("env: {A: '{{ must_env \"NO_SUCH\" }}'}", List.of("NO_SUCH"));
    for (Map.Entry<String, List<String>> one : manifests.entrySet()) {
      assertFails(agent(app.write(one.getKey()).toString()), one.getValue().toArray(String[]::new));
    }
    assertThat(app.dest()).doesNotExist();
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
  void checkSaysWhatADeployWouldDo() throws Exception {
    URI manifest = app.manifest("sync_strategy: mv", "commands: {post: [systemctl restart app]}");

    Cli.Result byUrl = run(List.of("check", manifest.toString()), "", environment());
    Cli.Result byName = run(List.of("check", Path.of(manifest).toString()), "", environment());

    assertThat(byUrl.exitCode()).isZero();
    assertThat(byUrl.out())
        .isEqualTo(byName.out())
        .contains(
            "1. fetch " + app.archive().toUri(),
            "2. verify sha256:" + app.sha256(),
            "3. sync " + app.dest() + " by mv",
            "4. post: systemctl restart app",
            "ok");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void checkFindsAllProblemsAtOnce() throws Exception {
    URI manifest = app.write("src: x://y\ndest: relative\nchecksum: 12\nexcludes: 3\nfoo: bar\n");

    Cli.Result result = run(List.of("check", manifest.toString()), "", environment());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("line 2", "relative", "line 3", "checksum", "line 4", "excludes");
  }

  @Test
  void flagsOfAllReleasesOfTheOriginalAreUnderstood() throws Exception {
    String manifest = app.manifest("sync_strategy: mv").toString();
    List<String> args =
        List.of(
            "-timeout",
            "30",
            "-max-bandwidth",
            "10MB",
            "--max-band-width=512k",
            "-retry",
            "1",
            "-retry-wait=1",
            "-random-delay",
            "0.01",
            "-rsync-verbose",
            "-v",
            "--rsync-verbose=");

    assertThat(run(args, manifest, environment()).exitCode()).isZero();
    assertThat(run(List.of("-version"), "", Map.of()).out()).matches("stretcher \\S+\n");
    assertThat(run(List.of("-v"), "", Map.of()).out()).matches("stretcher \\S+\n");
    assertThat(run(List.of("-h"), "", Map.of()).out()).contains("--max-band-width");
    assertThat(run(List.of("--timeout=soon"), "", Map.of()).exitCode()).isEqualTo(2);
    assertThat(run(List.of("--retry=-1"), "", Map.of()).exitCode()).isEqualTo(2);
  }

  @Test
  void rsyncVerboseHasItsSpellings() throws Exception {
    Tools.require("rsync");
    String manifest = app.manifest("sync_strategy: rsync").toString();

    for (String verbose : List.of("-v", "-vv", "-vvv")) {
      assertThat(run(List.of("--rsync-verbose=" + verbose), manifest, environment()).err())
          .contains("rsync [-a --delete " + verbose + " -- ");
      assertThat(run(List.of("-rsync-verbose", verbose), manifest, environment()).err())
          .contains("rsync [-a --delete " + verbose + " -- ");
    }
    assertThat(run(List.of("--rsync-verbose="), manifest, environment()).err())
        .contains("rsync [-a --delete -- ");
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
  void aHookThatPrintsALotDoesNotBlockAndItsLogIsCut() throws Exception {
    Cli.Result result =
        agent(
            app.write(
                    "commands: {pre: ['yes abcdefghijklmnopqrstuvwxyz | head -n 600000'],"
                        + " success: [wc -c]}")
                .toString());

    assertThat(result.exitCode()).isZero();
    assertThat(Integer.parseInt(result.out().strip())).isBetween(4_000_000, 9_000_000);
  }

  @Test
  void secretsOfUrlsAreNotInWhatIsSaidOfWrongArguments() throws Exception {
    String url = "http://user:sekret@host/app.yml?token=sekret";

    for (List<String> args :
        List.of(List.of(url), List.of("deploy", url, url), List.of("--timeout", url))) {
      Cli.Result result = run(args, "", environment());
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).contains("http://host").doesNotContain("sekret");
    }
    assertThat(agent(app.write("\"" + url + "\": 1\n\"" + url + "\": 2\n").toString()).err())
        .doesNotContain("sekret");
  }

  @Test
  void anArchiveWithoutEntriesDoesNotEmptyDest() throws Exception {
    deployFirst();
    Files.write(app.archive(), new byte[10240]);

    assertFails(agent(app.manifest("sync_strategy: rsync").toString()), "has no entries");
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  private void deployFirst() throws Exception {
    assertThat(agent(app.manifest("sync_strategy: mv").toString()).exitCode()).isZero();
  }

  private String yaml(String checksum, String strategy) {
    return "src: %s\nchecksum: %s\ndest: %s\nsync_strategy: %s\n"
        .formatted(app.archive().toUri(), checksum, app.dest(), strategy);
  }

  private Cli.Result agent(String stdin, String... variables) throws Exception {
    Map<String, String> environment = environment();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return run(List.of(), stdin, environment);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("TMPDIR", temporary.toString());
    return environment;
  }

  private void assertFails(Cli.Result result, String... said) throws IOException {
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(said);
    assertThat(result.err()).doesNotContain("Exception", "\tat ");
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  private static MockWebServer started(MockResponse... responses) throws IOException {
    MockWebServer server = new MockWebServer();
    List.of(responses).forEach(server::enqueue);
    server.start();
    return server;
  }

  private static String consulEvent(String id, Object url) {
    String payload =
        Base64.getEncoder().encodeToString(url.toString().getBytes(StandardCharsets.UTF_8));
    return """
    {"ID":"%s","Name":"deploy","Payload":"%s","NodeFilter":"","Version":1,"LTime":4}\
    """
        .formatted(id, payload);
  }

  /** What a real {@code consul watch} wrote: empty, one, null payload, several. */
  private static List<String> recorded() throws IOException {
    List<String> arrays = new ArrayList<>();
    try (var in = AgentContract.class.getResourceAsStream("watch-stdin.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("["))
          .forEach(arrays::add);
    }
    return arrays;
  }
}
