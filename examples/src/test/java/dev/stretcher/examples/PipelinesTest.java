package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.Cli;
import dev.stretcher.contract.KeyWithPassword;
import dev.stretcher.contract.Minisign;
import dev.stretcher.examples.Pipeline.Occasion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pipelines of {@code docs/how-to/publish-from-ci.md}, without their servers. A real shell runs
 * their steps; what it asks {@code stretcher} for is written down, and asked of the command line in
 * this JVM.
 */
@Timeout(120)
class PipelinesTest {
  private static final String PASSWORD = "correct horse";

  @TempDir private Path directory;
  private final Map<String, String> given = new TreeMap<>();

  static Stream<Fence> pipelines() throws IOException {
    Path page = Repository.root().resolve("docs/how-to/publish-from-ci.md");
    return Fence.in(page).stream().filter(fence -> fence.marks().contains("ci"));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void aRequestIsLookedAtTwoVersionsAreDeployedAndTheFirstOneComesBack(Fence fence)
      throws Exception {
    prepare(fence);
    Pipeline pipeline = Pipeline.of(fence);

    assertThat(run(pipeline, Occasion.REQUEST)).contains("checksum: sha256:");
    assertThat(directory.resolve("objects")).doesNotExist();

    write("one");
    String said = run(pipeline, Occasion.PUSH);
    assertThat(said).contains("; canary 1, at most 10% at once", "1 of 1 host has it");
    assertThat(deployed()).hasContent("one");

    write("another");
    number("8");
    run(pipeline, Occasion.PUSH);
    assertThat(deployed()).hasContent("another");

    given.put("BACK_TO", said.replaceAll("(?s).*shop: (\\S+) is desired.*", "$1"));
    assertThat(run(pipeline, Occasion.BACK)).contains("is desired, generation 3, after 8");
    assertThat(deployed()).hasContent("one");
  }

  /** Runs what a pipeline does, and returns what the command line printed to STDOUT. */
  private String run(Pipeline pipeline, Occasion occasion) throws Exception {
    StringBuilder said = new StringBuilder();
    for (Pipeline.Step step : pipeline.steps(occasion)) {
      Map<String, String> variables = variables(pipeline, step);
      Shell shell = new Shell(directory, variables);
      Shell.Result result = shell.run(step.script(), List.of("sh", "-eu"));
      assertThat(result.status()).as(result.output()).isZero();
      for (List<String> asked : asked()) {
        if (asked.get(0).equals("wait")) {
          // A host, which the pipeline does not see.
          ask(List.of("agent", "--once", "--app=shop", "--node=web-1", config()), variables);
        }
        said.append(ask(asked, variables));
      }
    }
    return said.toString();
  }

  private Map<String, String> variables(Pipeline pipeline, Pipeline.Step step) {
    Map<String, String> variables = new TreeMap<>(given);
    variables.keySet().retainAll(pipeline.provided());
    step.variables()
        .forEach(
            (name, value) ->
                variables.put(name, value.isEmpty() ? "" : given.getOrDefault(name, "secret")));
    variables.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    return variables;
  }

  /** Takes what the shell asked for; its files lie where the shell ran. */
  private List<List<String>> asked() throws IOException {
    Path file = directory.resolve("asked");
    List<List<String>> asked = new ArrayList<>();
    if (Files.exists(file)) {
      for (String each : Files.readString(file).split("\0\0")) {
        asked.add(Stream.of(each.split("\0")).map(this::absolute).toList());
      }
      Files.delete(file);
    }
    return asked;
  }

  private String absolute(String argument) {
    Path file = directory.resolve(argument);
    return Files.exists(file) ? file.toString() : argument;
  }

  private String ask(List<String> arguments, Map<String, String> variables) {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    Cli.Result result = Cli.launch(arguments, InputStream.nullInputStream(), environment);
    assertThat(result.exitCode()).as(arguments + ": " + result.err()).isZero();
    return result.out();
  }

  private void prepare(Fence fence) throws Exception {
    directory = directory.toRealPath();
    program("make", "");
    program("stretcher", "printf '%s\\0' \"$@\" '' >> asked");
    write("nothing");
    Files.writeString(
        directory.resolve("deploy.yml"), "dest: %s\n".formatted(directory.resolve("dest")));
    Minisign minisign = Minisign.in(directory);
    Path key = KeyWithPassword.of(directory.resolve("minisign.key"), PASSWORD);
    Path config =
        Files.writeString(
            directory.resolve("config.yml"),
            "require_signature: [%s]\n".formatted(minisign.publicKey()));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
    given.put("STRETCHER_STORE", "file:" + directory.resolve("store"));
    given.put("DEPLOY_TO", "file:" + directory.resolve("objects"));
    given.put("STRETCHER_SIGN_PASSWORD", PASSWORD);
    boolean isText = fence.marks().contains("github");
    given.put("SIGN_KEY", isText ? Files.readString(key).strip() : key.toString());
    given.put("RUNNER_TEMP", directory.toString());
    number("7");
  }

  /** Sets what the systems call their runs, which is the beginning of the ID. */
  private void number(String number) {
    given.put("GITHUB_RUN_NUMBER", number);
    given.put("GITHUB_RUN_ATTEMPT", "1");
    given.put("CI_COMMIT_SHORT_SHA", number);
    given.put("CI_JOB_ID", "1");
    given.put("BUILD_NUMBER", number);
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.createDirectories(directory.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String version) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("build/shop"));
    Files.writeString(tree.resolve("version"), version);
  }

  private String config() {
    return "--config=" + directory.resolve("config.yml");
  }

  private Path deployed() {
    return directory.resolve("dest/version");
  }
}
