package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code verify} says of a dest, and what is kept of deploys for that. */
class VerifyTest {
  private static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123));

  @TempDir Path temp;
  private Path tree;
  private Path dest;
  private Path state;

  @BeforeEach
  void deployATree() throws IOException {
    temp = temp.toRealPath();
    tree = Files.createDirectory(temp.resolve("tree"));
    dest = temp.resolve("dest");
    state = temp.resolve("state");
    Files.createDirectories(tree.resolve("lib/deep"));
    for (String name : List.of("a", "lib/b", "lib/deep/c", "empty")) {
      Files.writeString(tree.resolve(name), name.equals("empty") ? "" : "content of " + name);
      Files.setLastModifiedTime(tree.resolve(name), TIME);
    }
    Files.createSymbolicLink(tree.resolve("link"), Path.of("lib/b"));
    Files.createLink(tree.resolve("twin"), tree.resolve("a"));
  }

  private Cli.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!arguments[0].equals("pack")
        && Stream.of(arguments).noneMatch(a -> a.contains("-state-"))) {
      all.add("--state-dir=" + state);
    }
    return Cli.launch(
        all,
        new ByteArrayInputStream(new byte[0]),
        Map.of("PATH", "/usr/bin:/bin", "HOME", temp.toString()));
  }

  /** Packs the tree; returns the lines for its manifest. */
  private String packed(String name) {
    Path archive = temp.resolve(name);
    Cli.Result packed = run("pack", "--output=" + archive, tree.toString());
    assertThat(packed.exitCode()).as(packed.err()).isZero();
    return "src: " + archive.toUri() + "\n" + packed.out();
  }

  private Cli.Result deploy(String manifest, String... flags) throws IOException {
    Path file = Files.writeString(temp.resolve("app.yml"), manifest);
    List<String> arguments = new ArrayList<>(List.of("deploy"));
    arguments.addAll(List.of(flags));
    arguments.add(file.toUri().toString());
    return run(arguments.toArray(String[]::new));
  }

  private void deployed(String manifest, String... flags) throws IOException {
    Cli.Result result = deploy(manifest, flags);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  private String app() {
    return packed("app.tar.gz") + "dest: " + dest + "\n";
  }

  private Cli.Result verify(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(List.of(flags));
    arguments.add(dest.toString());
    return run(arguments.toArray(String[]::new));
  }

  private void assertUnknown() {
    Cli.Result result = verify();
    assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("it is not known what was deployed to " + dest)
        .contains("deploy it by a manifest with toc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.tar.gz", "app.tar.zst"})
  void aDestIsAsItWasDeployed(String archive) throws IOException {
    deployed(packed(archive) + "dest: " + dest + "\n");
    for (String flag : List.of("--full=false", "--full")) {
      Cli.Result result = verify(flag);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains(dest + " is as it was deployed; compared 8 names");
      assertThat(result.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rm a                            | missing a",
        "echo x > new                    | extra new (a file)",
        "mkdir -p x/y                    | extra x (a directory)",
        "echo longer than that > lib/b; touch -r a lib/b | changed lib/b (17 bytes, expected 16)",
        "touch a                         | changed a (modified ",
        "chmod 600 lib/deep/c            | changed lib/deep/c (mode 0600, expected 0644)",
        "rm link; ln -s a link           | changed link (leads to 'a', expected 'lib/b')",
        "rm a; mkdir a                   | changed a (it is a directory, expected a file)",
        "rm -r lib; ln -s nowhere lib    | changed lib (it is a symbolic link, expected a"
            + " directory)",
        "touch d twin                    | changed twin (modified "
      })
  void whatDiffersIsNamed(String change, String line) throws Exception {
    deployed(app());
    shell(change);
    Cli.Result result = verify();
    assertThat(result.out().lines()).anyMatch(each -> each.startsWith(line.strip()));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("differs in");
  }

  private void shell(String line) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-ec", line).directory(dest.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(line).isZero();
  }

  @Test
  void onlyAFullOneReadsContents() throws Exception {
    deployed(app());
    shell("printf 'CONTENT OF lib/b' > lib/b; touch -r a lib/b");
    assertThat(verify().exitCode()).isZero();
    Cli.Result full = verify("--full");
    assertThat(full.out()).isEqualTo("changed lib/b (another content)\n");
    assertThat(full.exitCode()).isEqualTo(1);
  }

  @Test
  void jsonHasAllOfIt() throws Exception {
    deployed(app());
    shell("rm a; echo > 'q\"'");
    assertThat(verify("--format=json").out())
        .startsWith("{\"dest\":\"" + dest + "\",\"toc\":\"sha256:")
        .endsWith(
            "\"full\":false,\"names\":8,\"ok\":false,\"differences\":["
                + "{\"kind\":\"missing\",\"path\":\"a\",\"detail\":\"\"},"
                + "{\"kind\":\"extra\",\"path\":\"q\\\"\",\"detail\":\"a file\"}]}\n");
  }

  @Test
  void whatTheManifestExcludesDoesNotCount() throws Exception {
    Files.writeString(tree.resolve("patterns"), "*.log\n");
    deployed(app() + "excludes: [/lib/deep]\nexclude_from: patterns\n");
    assertThat(verify().exitCode()).as(verify().out()).isZero();
    shell(
        "mkdir lib/deep; echo > lib/deep/other; echo > x.log; echo >"
            + " .stretcher-0123456789abcdef.lock");
    assertThat(verify().exitCode()).as(verify().out()).isZero();
    shell("echo > x.txt");
    assertThat(verify().out()).isEqualTo("extra x.txt (a file)\n");
  }

  @Test
  void itIsUnknownWithoutTocAndWithoutState() throws Exception {
    assertUnknown();
    deployed(app().replaceAll("toc: .*\n", ""));
    assertUnknown();
    deployed(app());
    assertThat(verify().exitCode()).isZero();
    Cli.Result without = verify("--state-dir=");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("no state is kept; name its directory by --state-dir");
    assertThat(verify("--state-dir=" + temp.resolve("other")).exitCode()).isEqualTo(2);
  }

  @Test
  void nothingIsKeptWithoutState() throws Exception {
    deployed(app(), "--adopt", "--state-dir=");
    assertThat(state).doesNotExist();
  }

  @Test
  void aDeployWithoutTocMakesItUnknown() throws Exception {
    deployed(app());
    deployed(app().replaceAll("toc: .*\n", ""));
    assertUnknown();
  }

  @Test
  void aSyncThatFailsMakesItUnknown() throws Exception {
    deployed(app());
    Cli.Result failed = deploy(app() + "sync_strategy: mv\n");
    assertThat(failed.exitCode()).as(failed.out()).isEqualTo(1);
    assertUnknown();
  }

  @Test
  void whatFailsBeforeTheSyncDoesNot() throws Exception {
    deployed(app());
    assertThat(deploy(app() + "commands:\n  pre: ['false']\n").exitCode()).isEqualTo(1);
    deployed(app(), "--dry-run");
    assertThat(verify().exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"dest/lib, true", "., true", "dest2, false", "des, false"})
  void aDeployToADirectoryInItOrAroundItMakesItUnknown(String other, boolean unknown)
      throws Exception {
    dest = Files.createDirectory(temp.resolve("around")).resolve("dest");
    deployed(app());
    Path around = temp.resolve("around").resolve(other).normalize();
    deployed(packed("other.tar.gz") + "dest: " + around + "\nexcludes: [/dest]\n", "--adopt");
    if (unknown) {
      assertUnknown();
    } else {
      assertThat(verify().exitCode()).isZero();
    }
  }

  @Test
  void theFileIsPrivateAndADamagedOneIsAsGoodAsNone() throws Exception {
    deployed(app());
    Path file;
    try (Stream<Path> files = Files.list(state.resolve("tocs"))) {
      file = files.findFirst().orElseThrow();
    }
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    byte[] right = Files.readAllBytes(file);
    for (int at = 0; at < right.length; at += 1 + right.length / 60) {
      byte[] damaged = right.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertThat(verify().exitCode()).as("byte " + at).isEqualTo(2);
      Files.write(file, java.util.Arrays.copyOf(right, at));
      assertThat(verify().exitCode()).as("cut to " + at).isEqualTo(2);
    }
    Files.write(file, right);
    Files.setAttribute(file, "unix:mode", 0666);
    assertThat(verify().exitCode()).as("others could write it").isEqualTo(2);
    deployed(app());
    assertThat(verify().exitCode()).isZero();
  }

  @Test
  void whatADeployToAnotherDestIsWritingIsLeftAlone() throws Exception {
    deployed(app());
    Path writing = Files.createFile(state.resolve("tocs/" + "0".repeat(64) + ".new"));

    deployed(app());

    assertThat(writing).exists();
    assertThat(verify().exitCode()).isZero();
  }

  @Test
  void stateThatCannotBeWrittenIsAWarning() throws Exception {
    deployed(app());
    shell("rm -r '" + state.resolve("tocs") + "'; touch '" + state.resolve("tocs") + "'");
    Cli.Result result = deploy(app());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out() + result.err())
        .contains("what was deployed to " + dest + " cannot be kept");
    assertUnknown();
  }
}
