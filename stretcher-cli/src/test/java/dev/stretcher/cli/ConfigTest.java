package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Minisign;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of a host. */
class ConfigTest extends AgentFixture {
  private Path config;
  private URI manifest;

  @BeforeEach
  void placeManifest() throws Exception {
    config = trusted(directory.resolve("config.yml"), "");
    manifest = app.manifest("commands: {failure: ['touch %s/ran']}".formatted(directory));
  }

  private Cli.Result agentWith(String yaml, String... args) throws Exception {
    Files.writeString(config, yaml);
    Map<String, String> environment = environment();
    environment.put("STRETCHER_CONFIG", config.toString());
    return run(List.of(args), manifest.toString(), environment);
  }

  private void assertRefused(String yaml, String... said) throws Exception {
    assertFails(agentWith(yaml), said);
    assertThat(app.dest()).doesNotExist();
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @Test
  void flagsMayStandInIt() throws Exception {
    Cli.Result result =
        agentWith("rsync_verbose: ''\nlog_format: json\nretry: 0\ns3_requester_pays: false\n");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).startsWith("{\"time\"").doesNotContain("bin/run");
  }

  @Test
  void theCommandLineBeatsIt() throws Exception {
    Cli.Result result = agentWith("log_format: json\n", "--log-format=text");
    assertThat(result.err()).contains(" Done\n");
  }

  @Test
  void aFileThatIsNamedByTheFlagBeatsTheVariable() throws Exception {
    Path other = trusted(directory.resolve("other.yml"), "log_format: json\n");
    Cli.Result result = agentWith("log_format: text\n", "--config", other.toString());
    assertThat(result.err()).startsWith("{\"time\"");
  }

  @Test
  void whatIsAllowedIsDeployed() throws Exception {
    Cli.Result result =
        agentWith(
            """
            allow_manifests: ['%1$s/']
            allow_sources: ['%1$s/', s3://bucket/]
            allow_dest: ['%2$s']
            require_checksum: sha256
            """
                .formatted(directory.toUri().toString().replaceFirst("/$", ""), directory));
    assertThat(result.exitCode()).isZero();
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void whatIsNotAllowedIsRefusedByTheNameOfTheRule() throws Exception {
    assertRefused("allow_manifests: ['https://host/']", "allow_manifests", "https://host/");
    assertRefused("allow_sources: ['s3://bucket/']", "allow_sources", "s3://bucket/");
    assertRefused("allow_dest: [/srv/app]", "allow_dest", "/srv/app");
    assertRefused("require_checksum: sha512", "require_checksum", "sha512");
  }

  @Test
  void theFileThatWasReadIsTheOneToChange() throws Exception {
    String change = "if it is right, change the configuration of the agent, " + config;

    assertThat(agentWith("allow_dest: [/srv/app]").err()).contains(change + "\n");
    assertThat(
            run(List.of("check", "--config=" + config, manifest.toString()), "", environment())
                .err())
        .contains(change + "\n");
  }

  @Test
  void checkSaysWhatIsNotAllowedToo() throws Exception {
    Files.writeString(config, "allow_dest: [/srv/app]");
    Cli.Result result =
        run(List.of("check", "--config=" + config, manifest.toString()), "", environment());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("allow_dest");
  }

  @Test
  void aManifestMustBeSignedIfItSaysSo() throws Exception {
    Minisign minisign = Minisign.in(Files.createDirectory(directory.resolve("keys")));
    String rule = "require_signature: ['%s']\n".formatted(minisign.publicKey());
    assertRefused(rule, "require_signature", "minisign -S");
    minisign.sign(Path.of(manifest));
    assertThat(agentWith(rule).exitCode()).isZero();
    Files.writeString(Path.of(manifest), "\n", StandardOpenOption.APPEND);
    assertFails(agentWith(rule), "require_signature", "was changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "allow_manifest: [a]     | line 1, column 1 | did you mean allow_manifests?",
        "allow_manifests:        | allow_manifests is empty | say what is allowed",
        "allow_dest: []          | allow_dest is empty | say what is allowed",
        "require_checksum:       | require_checksum is empty | say what",
        "require_checksum: sha1  | sha256 or sha512 | 'sha1'",
        "require_signature: [x]  | line 1, column 21 | public key of minisign",
        "allow_dest: [srv]       | line 1, column 14 | must be absolute",
        "allow_sources: [srv]    | allow_sources | is not a URL",
        "allow_dest: /srv        | allow_dest must be a list | not a single value",
        "retry: many             | config.yml cannot be used: line 1, column 8: retry: | 'many' is"
            + " not a whole number",
        "connections: 99         | config.yml | connections: expected 1 to 64, not '99'",
        "s3_requester_pays: yes  | config.yml | s3_requester_pays: 'yes' is not true or false",
        "log_format: xml         | config.yml | log_format: 'xml' is not one of text, json",
        "http_header: [x]        | config.yml | http_header: ",
        "config: other.yml       | unknown key 'config' | line 1",
        "dry_run: true           | unknown key 'dry_run' | line 1",
        "[a]                     | must be a mapping | config.yml",
        "a: [                    | not YAML | config.yml",
        "run_as: no/body         | run_as | is not the name of a user",
        "run_as: nobody-here     | run_as | no user 'nobody-here'",
      })
  void mistakesStopTheAgent(String yaml, String said, String also) throws Exception {
    Cli.Result result = agentWith(yaml + "\n");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(said, also).doesNotContain("Exception");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aFileThatIsMissingOrThatAllMayWriteStopsTheAgent() throws Exception {
    Cli.Result missing = run(List.of("--config=/no/such"), manifest.toString(), environment());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("/no/such", "no such file");
    Files.writeString(config, "");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-rw-"));
    Cli.Result directory = run(List.of("--config=/"), manifest.toString(), environment());
    assertThat(directory.exitCode()).isEqualTo(2);
    assertThat(directory.err()).contains("it is a directory");
    Cli.Result open = agentWith("");
    assertThat(open.exitCode()).isEqualTo(2);
    assertThat(open.err()).contains("everyone may write to it", "chmod go-w " + config);
  }

  @Test
  void aFileThatAGroupOrADirectoryLetsOthersChangeStopsTheAgent() throws Exception {
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-r--"));
    assertUnusable(agentWith(""), config + " cannot be used: group", "chmod go-w " + config);
    Path open = Files.createDirectory(directory.resolve("open"));
    Path inside = trusted(open.resolve("config.yml"), "");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertUnusable(
        run(List.of("--config=" + inside), manifest.toString(), environment()),
        inside + " cannot be used: " + open + ": everyone may write to it (mode 0777)",
        "chmod go-w " + open);
  }

  @Test
  @Timeout(60)
  void whatIsNoFileStopsTheAgentAtOnce() throws Exception {
    Path pipe = directory.resolve("pipe");
    TestApp.exec("mkfifo", "-m", "600", pipe.toString());
    assertUnusable(
        run(List.of("--config=" + pipe), manifest.toString(), environment()), "is a named pipe");
    assertUnusable(
        run(List.of("--config=/dev/zero"), manifest.toString(), environment()), "is a device");
  }

  @Test
  void consulsWatchGoesOn() throws Exception {
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-r--"));
    Map<String, String> environment = environment();
    environment.put("CONSUL_INDEX", "1");
    environment.put("STRETCHER_CONFIG", config.toString());
    Cli.Result result = run(List.of(), "[" + consulEvent("one", manifest) + "]", environment);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("may write to it", "chmod go-w");
    assertThat(app.dest()).doesNotExist();
  }

  private void assertUnusable(Cli.Result result, String... said) {
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(said).hasLineCount(1);
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aFileOfAnotherUserStopsTheAgent() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    Files.writeString(config, "");
    Files.setAttribute(config, "unix:uid", 65534);
    Cli.Result result = agentWith("");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("belongs to nobody");
  }

  @Test
  void commandsRunAsAnotherUser() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become others");
    Path secret = Files.writeString(directory.resolve("secret"), "of root");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    manifest =
        app.manifest(
            "commands: {post: ['echo I am $(id -un) $(id -gn) $HOME $LOGNAME; cat %s']}"
                .formatted(secret));
    Cli.Result result = agentWith("run_as: nobody\n");
    assertThat(result.err())
        .containsPattern("I am nobody nogroup \\S+ nobody\n")
        .contains("Permission denied");
    assertThat(Files.getOwner(app.dest()).getName()).isEqualTo("root");
  }

  @Test
  void commandsOfAnotherUserCannotGainPrivileges() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become others");
    manifest = app.manifest("commands: {post: ['grep NoNewPrivs /proc/self/status']}");
    assertThat(agentWith("run_as: nobody\n").err()).contains("NoNewPrivs:\t1");
  }

  @Test
  void theVariablesOfAManifestDoNotActOnWhatStillRunsAsRoot() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become others");
    Path witness = directory.resolve("witness");
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String tool : List.of("setpriv", "setsid", "sh")) {
      Path fake = Files.writeString(tools.resolve(tool), "#!/bin/sh\nid -un >> " + witness + "\n");
      Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    manifest =
        app.manifest(
            "env: {LD_PRELOAD: /no/such/evil.so, PATH: '%s:/usr/bin:/bin', GREETING: \"it's $HOME\"}"
                .formatted(tools),
            "commands: {post: ['echo $(id -un) $GREETING $0']}");

    Cli.Result result = agentWith("run_as: nobody\n");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("nobody it's $HOME").contains("evil.so");
    assertThat(result.err().lines().filter(line -> line.contains("evil.so")))
        .allMatch(line -> line.contains("object '/no/such/evil.so' from LD_PRELOAD"))
        .noneMatch(line -> line.contains("setpriv") || line.contains("setsid"));
    assertThat(witness).doesNotExist();
  }

  @Test
  void aSecondDocumentIsNotPassedOver() throws Exception {
    Cli.Result result = agentWith("retry: 1\n---\nallow_dest: [/srv]\n");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("line 3", "second document");
    assertThat(agentWith("---\nretry: 1\n...\n").exitCode()).isZero();
  }

  @Test
  void anEmptyFileSaysNothing() throws Exception {
    assertThat(agentWith("# nothing yet\n").exitCode()).isZero();
  }
}
