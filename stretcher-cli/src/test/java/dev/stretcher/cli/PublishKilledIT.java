package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at the packaged launcher, by strace, while it publishes. */
class PublishKilledIT {
  @TempDir private Path directory;

  private Path tree;
  private Path template;
  private Path objects;

  @BeforeEach
  void makeTree() throws Exception {
    Tools.require("strace");
    directory = directory.toRealPath();
    tree = Files.createDirectory(directory.resolve("tree"));
    objects = directory.resolve("objects");
    Files.writeString(tree.resolve("version"), "v1");
    template = Files.writeString(directory.resolve("deploy.yml"), "dest: /srv/shop\n");
    Files.createDirectory(directory.resolve("tmp"));
  }

  private List<String> publish() {
    return List.of(
        "publish",
        tree.toString(),
        "--app=shop",
        "--id=v1",
        "--to=file:" + objects,
        "--manifest=" + template,
        "--store=file:" + directory.resolve("store"));
  }

  /** Kills it when it gives a file its name. */
  private void killed(String calls, Path file) throws Exception {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "-f",
                    "-qq",
                    "-o",
                    directory.resolve("trace").toString(),
                    "-P",
                    file.toString(),
                    "-e",
                    "trace=" + calls,
                    "-e",
                    "inject=" + calls + ":signal=KILL",
                    Launcher.path().toString()),
                publish().stream())
            .toList();
    Cli.Result result =
        Launcher.finish(
            Launcher.start(
                Path.of(TestApp.output("which", "strace").strip()),
                arguments,
                "",
                Map.of(
                    "PATH", System.getenv("PATH"),
                    "TMPDIR", directory.resolve("tmp").toString())));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(128 + 9);
    assertThat(run(List.of("status", "shop", "--store=file:" + directory.resolve("store"))).out())
        .contains("nothing is desired");
  }

  private static Cli.Result run(List<String> args) {
    return Cli.launch(args, InputStream.nullInputStream(), Map.of());
  }

  @Test
  void nothingIsSeenOfWhatWasKilledAndTheNextRunGoesOn() throws Exception {
    killed("?link,linkat", objects.resolve("shop/v1.yml"));
    assertThat(objects.resolve("shop/v1.yml")).doesNotExist();
    killed("?rename,?renameat,renameat2", directory.resolve("store/store.jsonl.new"));
    assertThat(objects.resolve("shop/v1.yml")).exists();

    Cli.Result result = run(publish());
    assertThat(result.out()).as(result.err()).contains("shop: v1 is desired, generation 1");
    try (Stream<Path> files = Files.list(objects.resolve("shop"))) {
      // What is unfinished has a name that nobody asks for.
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.startsWith(".stretcher-publish-")))
          .hasSize(3)
          .allMatch(name -> name.matches("v1\\.yml|[0-9a-f]{16}\\.(tar\\.gz|toc)"));
    }
  }
}
