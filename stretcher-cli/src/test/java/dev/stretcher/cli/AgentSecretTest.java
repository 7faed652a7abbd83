package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values of variables that {@code secret_env} names. */
class AgentSecretTest extends AgentFixture {
  private static final String SECRET = "s3cr3t value/é";

  @Test
  void areInNoLogNoLedgerAndNothingThatCommandsGet() throws Exception {
    Path config = trusted(directory.resolve("config.yml"), "secret_env: [TOKEN]\nretry: 0\n");
    Path archive = Files.createDirectories(directory.resolve("s3cr3t value/é")).resolve("a.tar");
    Files.copy(app.archive(), archive);
    String commands =
        """
        commands:
          pre: ['echo "$TOKEN"; echo done']
          success: ['cat > %1$s/stdin']
          failure: ['cat > %1$s/stdin; echo "$STRETCHER_ERROR" >> %1$s/stdin']
        """
            .formatted(directory);
    String manifest =
        "src: file://%s/{{ must_env \"TOKEN\" }}/a.tar\nchecksum: %s\ndest: %s\n"
            .formatted(directory, app.sha256(), app.dest());
    List<String> said = new ArrayList<>();

    for (String yaml :
        List.of(
            manifest + commands,
            manifest.replace("a.tar", "none") + commands,
            "dest: {{ must_env \"TOKEN\" }}\n" + commands,
            "env: {{ must_env \"TOKEN\" }}\n",
            manifest + "commands: {post: ['exit 3 # {{ env \"TOKEN\" }}']}\n")) {
      for (List<String> args :
          List.of(
              List.of("check"),
              List.of("deploy", "--dry-run"),
              List.of("deploy"),
              List.of("deploy", "--log-format=json"))) {
        List<String> all = new ArrayList<>(args);
        all.add("--config=" + config);
        all.add(app.write(yaml).toString());
        Map<String, String> environment = environment();
        environment.put("TOKEN", SECRET);
        Cli.Result result = run(all, "", environment);
        said.add(result.out() + result.err());
      }
    }
    said.add(run(List.of("history"), "", environment()).out());
    said.add(run(List.of("history", "--json"), "", environment()).out());
    said.add(Files.readString(directory.resolve("stdin")));

    assertThat(said).allSatisfy(text -> assertThat(text).doesNotContainPattern("s3cr3t"));
    assertThat(String.join("\n", said))
        .contains("***/a.tar", "Deploy manifest succeeded.", "exit 3 # ***");
  }

  @Test
  void mayBeLongerThanALine() throws Exception {
    Path config = trusted(directory.resolve("config.yml"), "secret_env: [KEY]\n");
    String manifest =
        "src: %s\nchecksum: %s\ndest: %s\ncommands: {pre: ['echo \"$KEY\"; echo done']}\n"
            .formatted(app.archive().toUri(), app.sha256(), app.dest());
    for (int length : List.of(4000, 100_000)) {
      Map<String, String> environment = environment();
      environment.put("KEY", "0123456789abcdef s3cr3t".repeat(length / 23));

      Cli.Result result =
          run(
              List.of("deploy", "--config=" + config, app.write(manifest).toString()),
              "",
              environment);

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).contains("***", "done").doesNotContain("s3cr3t");
    }
  }

  @Test
  void inDestAreNotInTheLedgerWhichStillTellsOneDestFromAnother() throws Exception {
    Path config = trusted(directory.resolve("config.yml"), "secret_env: [TOKEN]\n");
    String manifest =
        "src: %s\nchecksum: %s\ndest: %s/{{ must_env \"TOKEN\" }}/app\n"
            .formatted(app.archive().toUri(), app.sha256(), directory);
    Map<String, String> environment = environment();
    for (String token : List.of("s3cr3t-a", "s3cr3t-b")) {
      Files.createDirectories(directory.resolve(token));
      environment.put("TOKEN", token);
      Cli.Result result =
          run(
              List.of("deploy", "--config=" + config, app.write(manifest).toString()),
              "",
              environment);
      assertThat(result.exitCode()).as(result.err()).isZero();
    }

    String history =
        run(
                List.of(
                    "history",
                    "--json",
                    "--config=" + config,
                    "--dest=" + directory + "/s3cr3t-b/app"),
                "",
                environment)
            .out();

    assertThat(history.lines()).hasSize(1);
    assertThat(history).contains("/***/app#").doesNotContain("s3cr3t");
    try (java.util.stream.Stream<Path> files = Files.walk(directory.resolve("state"))) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain("s3cr3t"));
    }
  }

  @Test
  void doNotMakeOneDestOfTwoSoThatALateEventIsStillDeployed() throws Exception {
    Path config = trusted(directory.resolve("config.yml"), "secret_env: [KEY_A, KEY_B]\n");
    Map<String, String> environment = environment();
    environment.put("KEY_A", "s3cr3t-a");
    environment.put("KEY_B", "s3cr3t-b");
    long time = 9;
    for (String key : List.of("KEY_B", "KEY_A")) {
      Path dest = Files.createDirectories(directory.resolve(environment.get(key)));
      String manifest =
          "src: %s\nchecksum: %s\ndest: %s/{{ must_env \"%s\" }}/app\n"
              .formatted(app.archive().toUri(), app.sha256(), directory, key);
      String event =
          consulEvent(key, app.write(manifest)).replace("\"LTime\":4", "\"LTime\":" + time--);

      Cli.Result result = run(List.of("--config=" + config), "[" + event + "]", environment);

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(dest.resolve("app/bin/run")).as(result.err()).hasContent("v1");
    }
  }

  @Test
  void areNotInComplaintsOfTheCommandLineAndThoseThatAreNotSetAreToldOnce() throws Exception {
    Path config = trusted(directory.resolve("config.yml"), "secret_env: [TOKEN, UNSET, PIN]\n");
    Map<String, String> environment = environment();
    environment.put("PIN", "123");
    environment.put("TOKEN", "s3cr3t-a");

    Cli.Result history =
        run(List.of("history", "--config=" + config, "--dest=/s3cr3t-a"), "", environment);
    Cli.Result deploy =
        run(List.of("deploy", "--config=" + config, "s3cr3t-a://x"), "", environment);

    assertThat(history.err()).contains("/***").doesNotContain("s3cr3t");
    assertThat(deploy.err())
        .doesNotContain("s3cr3t")
        .containsOnlyOnce("the variable UNSET is not set or empty; there is nothing to mask")
        .containsOnlyOnce("the variable PIN has fewer than 4 characters; its value is not masked");
  }
}
