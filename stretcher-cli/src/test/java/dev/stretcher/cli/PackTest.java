package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The subcommand {@code pack}. */
class PackTest extends AgentFixture {
  private Path tree;
  private Path archive;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(directory.resolve("tree"));
    archive = Files.createDirectory(directory.resolve("out")).resolve("shop.tar.gz");
    Files.createDirectory(tree.resolve("bin"));
    Files.writeString(tree.resolve("bin/shop"), "v1");
    Files.writeString(tree.resolve("bin/shop.map"), "map");
  }

  private Cli.Result pack(String... flags) throws Exception {
    List<String> args = new ArrayList<>(List.of("pack", tree.toString()));
    args.addAll(List.of(flags));
    return run(args, "", environment());
  }

  @ParameterizedTest
  @ValueSource(strings = {".tar.gz", ".tgz", ".tar.zst"})
  void whatItPrintsAreTheLinesOfAManifestThatIsDeployed(String ending) throws Exception {
    Path packed = archive.resolveSibling("shop" + ending);
    Cli.Result result = pack("-o", packed.toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.out()).startsWith("checksum: sha256:").contains("\ntoc: sha256:");
    assertThat(result.err()).contains("Packed 5", "4 entries into " + packed, " s\n");
    String manifest =
        "src: %s\ndest: %s\nsync_strategy: mv\n%s"
            .formatted(packed.toUri(), app.dest(), result.out());
    Cli.Result deployed = agent(app.write(manifest).toString());
    assertThat(deployed.exitCode()).as(deployed.err()).isZero();
    assertThat(app.dest().resolve("bin/shop")).hasContent("v1");
    assertThat(app.dest().resolve("bin/shop.map")).hasContent("map");
  }

  @Test
  void asJsonItSaysMore() throws Exception {
    Cli.Result result = pack("--output=" + archive, "--format=json", "--threads=3", "--level=9");

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.get("checksum").asText()).startsWith("sha256:").hasSize(71);
    assertThat(json.get("toc").asText()).startsWith("sha256:").hasSize(71);
    assertThat(json.get("entries").asInt()).isEqualTo(4);
    assertThat(json.get("bytes").asInt()).isEqualTo(5);
    assertThat(json.get("length").asLong()).isEqualTo(Files.size(archive));
  }

  @Test
  void excludesAreThoseOfManifests() throws Exception {
    Cli.Result result =
        pack("-o", archive.toString(), "--exclude=/bin/*.map", "--exclude", "/no/such/**");

    assertThat(result.err()).contains("in 3 entries");
  }

  @Test
  void wrongArgumentsAreTold() throws Exception {
    assertRefused(pack(), 2, "Missing option: --output");
    assertRefused(pack("-o", archive.toString(), "--owner=deploy"), 2, "USER:GROUP");
    assertRefused(pack("-o", archive.toString(), "--exclude=- "), 2, "'- ' is empty");
    assertRefused(pack("-o", archive.toString(), "--level=20"), 2, "--level", "19");
    assertRefused(pack("-o", archive.toString(), "--level=10"), 1, "level 10", "1 to 9");
    assertRefused(pack("-o", "shop.zip"), 1, ".tar.gz, .tgz or .tar.zst");
    assertRefused(
        pack("-o", tree.resolve("a.tgz").toString()), 1, "in the directory that is packed");
    try (Stream<Path> left = Files.list(archive.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  private static void assertRefused(Cli.Result result, int status, String... message) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("stretcher: ").contains(message);
  }

  @Test
  void aFailureIsAnAnswerUnderConsulToo() throws Exception {
    var environment = environment();
    environment.put("CONSUL_INDEX", "1");

    Cli.Result result =
        run(List.of("pack", "-o", archive.toString(), "/no/such/tree"), "", environment);

    assertRefused(result, 1, "'/no/such/tree' is not a directory");
  }
}
