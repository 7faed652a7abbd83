package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flags and subcommands. */
class AgentArgumentsTest extends AgentFixture {
  @Test
  void deployTakesTheUrlAsAnArgument() throws Exception {
    Cli.Result result =
        run(List.of("deploy", app.manifest("sync_strategy: mv").toString()), "", environment());

    assertThat(result.exitCode()).isZero();
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void versionTellsWhatAReportOfADefectNeeds() throws Exception {
    Cli.Result result = run(List.of("version"), "", environment());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(System.getProperty("java.version"), directory.resolve("state") + "/stretcher");
    assertThat(result.out().lines())
        .extracting(line -> line.replaceFirst(" .*", ""))
        .containsExactly("stretcher", "java", "installation", "cache", "configuration", "state");
  }

  @Test
  void aMisspeltCommandGetsAGuess() throws Exception {
    Cli.Result result = run(List.of("dpeloy", "x"), "", environment());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("stretcher: Unexpected argument: 'dpeloy'; did you mean deploy?; see ");
    assertThat(run(List.of("https://host/a.yml"), "", environment()).err())
        .doesNotContain("did you mean");
  }

  @Test
  void anOptionOfAnotherCommandIsSaidToBeOne() throws Exception {
    assertThat(run(List.of("check", "--dry-run", "x"), "", environment()).err())
        .contains("Unknown option: '--dry-run'; only deploy and publish have it;");
    assertThat(run(List.of("deploy", "--against-dest", "x"), "", environment()).err())
        .contains("Unknown option: '--against-dest'; only check has it;");
  }

  @Test
  void commandsAreShownAsTheyAre() throws Exception {
    String words = "the setting retry, the policy of this host";
    URI manifest =
        app.manifest("sync_strategy: mv", "commands: {pre: ['echo %s']}".formatted(words));

    Cli.Result result = run(List.of("deploy", manifest.toString()), "", environment());

    assertThat(result.err()).contains("invoking command: echo " + words + "\n");
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
    assertThat(run(List.of("-h"), "", Map.of()).out())
        .contains("--max-band-width", "stretcher help limits");
    assertThat(run(List.of("--timeout=soon"), "", Map.of()).exitCode()).isEqualTo(2);
    assertThat(run(List.of("--retry=-1"), "", Map.of()).exitCode()).isEqualTo(2);
  }

  @Test
  void aDecompressorHasToBeOneThatIsKnown() throws Exception {
    String manifest = app.manifest("sync_strategy: mv").toString();

    Cli.Result unknown = run(List.of("--decompressor=unzip"), manifest, environment());

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("'--decompressor': 'unzip' is not one of", "auto, java, igzip");
    Tools.require("gzip");
    assertThat(run(List.of("-decompressor", "gzip"), manifest, environment()).exitCode()).isZero();
  }

  @Test
  void aStrategyHasToBeOneThatIsKnownBeforeAnythingIsFetched() throws Exception {
    Cli.Result unknown = run(List.of("--sync-strategy=cp"), app.manifest().toString(), Map.of());

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("no sync_strategy 'cp'", "mv, release, rsync, tree")
        .doesNotContain("Loading manifest");
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
}
