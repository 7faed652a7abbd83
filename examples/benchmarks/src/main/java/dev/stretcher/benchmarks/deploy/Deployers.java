package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.Release;
import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes those that are compared.
 *
 * @param scratch where they work
 * @param launcher the packaged agent
 */
record Deployers(Path scratch, Path launcher, Nginx nginx, Path dest) {
  // The same steps as the agent's, by the programs that an operator would use.
  private static final String STEPS =
      """
      set -e
      work=$(mktemp -d)
      trap 'rm -rf "$work"' EXIT
      curl -sSfo "$work/archive" "$1"
      echo "$2  $work/archive" | sha256sum -c --quiet -
      mkdir "$work/tree"
      tar -xf "$work/archive" -C "$work/tree"
      rsync -a --delete "$work/tree/" "$3/"
      """;

  /** Makes the class-data archive of the agent, as an image has it. */
  void prepare() throws IOException, InterruptedException {
    Program.run(agent("prepare"));
  }

  List<Deployer> all() throws IOException, InterruptedException {
    prepare();
    List<Deployer> deployers = new ArrayList<>();
    deployers.add(ours("Java only", "java"));
    if (isThere("igzip")) {
      deployers.add(ours("igzip", "igzip"));
    }
    deployers.add(shell());
    return deployers;
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      Program.run("sh", "-c", "command -v " + program);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Deployer ours(String name, String decompressor) {
    return new Deployer(
        name,
        release ->
            agent("--decompressor=" + decompressor, "deploy", nginx.url(release.name() + ".yml")));
  }

  /** Returns the command by which the agent deploys a release. */
  List<String> agentFor(Release release, String... flags) {
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(List.of("deploy", nginx.url(release.name() + ".yml")));
    return remembering(arguments.toArray(String[]::new));
  }

  /** Returns a command of the agent that knows what it has deployed. */
  List<String> remembering(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--state-dir=" + scratch.resolve("state")));
    all.addAll(List.of(arguments));
    return agent(all.toArray(String[]::new));
  }

  /** Returns a command of the agent, which has its class-data archive. */
  List<String> agent(String... arguments) {
    List<String> command = environment();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  Deployer shell() throws IOException {
    Path script = scratch.resolve("steps.sh");
    Files.writeString(script, STEPS);
    return new Deployer("shell", release -> shell(script, release));
  }

  private List<String> shell(Path script, Release release) {
    List<String> command = environment();
    command.addAll(List.of("sh", script.toString(), nginx.url(release.archive())));
    command.add(release.sum());
    command.add(dest.toString());
    return command;
  }

  private List<String> environment() {
    return new ArrayList<>(
        List.of(
            "env",
            "TMPDIR=" + scratch.resolve("tmp"),
            "STRETCHER_CACHE_DIR=" + scratch.resolve("cache")));
  }
}
