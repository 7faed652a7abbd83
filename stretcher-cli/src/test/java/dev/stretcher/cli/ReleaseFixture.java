package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An application whose versions are kept as releases. */
abstract class ReleaseFixture extends AgentFixture {
  /** Packs a version, and writes a manifest for it; {@code more} are further lines of YAML. */
  final URI version(String version, String... more) throws IOException {
    app.file("bin/run", version).file("a", version).file("b", version).pack();
    List<String> lines = new ArrayList<>(List.of("sync_strategy: release"));
    lines.addAll(List.of(more));
    return app.manifest(lines.toArray(String[]::new));
  }

  /** Deploys a version, which has to succeed. */
  final Cli.Result deploy(String version, String... more) throws Exception {
    Cli.Result result = agent(version(version, more).toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(live()).hasContent(version);
    return result;
  }

  final Cli.Result command(String... args) throws Exception {
    return run(List.of(args), "", environment());
  }

  final Cli.Result releases(String... flags) throws Exception {
    List<String> args = new ArrayList<>(List.of("releases", app.dest().toString()));
    args.addAll(List.of(flags));
    Cli.Result result = run(args, "", environment());
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  final Path current() {
    return app.dest().resolve("current");
  }

  /** Returns a file that says which version is live. */
  final Path live() {
    return current().resolve("bin/run");
  }

  /** Returns the names of the releases that are there, in the order of the names. */
  final List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(app.dest().resolve("releases"))) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
