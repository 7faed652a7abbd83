package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.HostileArchives.Hostile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What hostile archives do to a host: nothing. */
class HostileArchiveTest extends AgentFixture {
  private Path outside;

  @BeforeEach
  void surroundWithCanaries() throws Exception {
    deployFirst();
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createSymbolicLink(outside.resolve("link"), Path.of("secret"));
  }

  @TestFactory
  Stream<DynamicTest> isRefusedAndNothingIsTouched() {
    return HostileArchives.refused(outside).stream()
        .map(hostile -> DynamicTest.dynamicTest(hostile.name(), () -> assertRefused(hostile)));
  }

  private void assertRefused(Hostile hostile) throws Exception {
    for (byte[] archive : List.of(hostile.bytes(), HostileArchives.gzip(hostile.bytes()))) {
      Canary around = Canary.of(outside);
      Canary before = Canary.of(app.dest());

      assertFails(deploy(archive, hostile.manifest()), hostile.error().toArray(String[]::new));

      assertThat(Canary.of(outside)).isEqualTo(around);
      assertThat(Canary.of(app.dest())).isEqualTo(before);
    }
  }

  private Cli.Result deploy(byte[] archive, String manifest, String... args) throws Exception {
    Files.write(app.archive(), archive);
    return Cli.launch(
        List.of(args),
        new ByteArrayInputStream(
            app.manifest(manifest).toString().getBytes(StandardCharsets.UTF_8)),
        environment());
  }

  private void assertDeployed(RawTar tar) throws Exception {
    Canary around = Canary.of(outside);
    assertThat(deploy(tar.end(), "").exitCode()).isZero();
    assertThat(Canary.of(outside)).isEqualTo(around);
    assertNothingIsLeft();
  }

  @Test
  void aFileTakesThePlaceOfALinkAndIsNotWrittenThroughIt() throws Exception {
    assertDeployed(
        new RawTar()
            .symbolicLink("dangling", outside.resolve("evil"))
            .file("dangling", "a")
            .symbolicLink("l", outside.resolve("secret"))
            .file("l", "b")
            .symbolicLink("s", outside.resolve("secret"))
            .hardLink("h", "s")
            .file("h", "c"));
    assertThat(app.dest().resolve("dangling")).hasContent("a");
    assertThat(app.dest().resolve("l")).hasContent("b");
    assertThat(app.dest().resolve("h")).hasContent("c");
    assertThat(app.dest().resolve("s")).isSymbolicLink();
  }

  @Test
  void aDirectoryTakesThePlaceOfALinkAndDoesNotChangeWhatThatLedTo() throws Exception {
    assertDeployed(new RawTar().symbolicLink("l", outside).directory("l").file("l/secret", "mine"));
    assertThat(app.dest().resolve("l/secret")).hasContent("mine");
  }

  @Test
  void linksThatLeadOutsideAreDeployedAsTheyAre() throws Exception {
    assertDeployed(new RawTar().symbolicLink("l", outside).symbolicLink("m", "../outside"));
    assertThat(Files.readSymbolicLink(app.dest().resolve("l"))).isEqualTo(outside);
  }

  @Test
  void linksThatStayInsideAreDeployedIfTheyMust() throws Exception {
    RawTar tar =
        new RawTar()
            .file("d/f", "x")
            .symbolicLink("l", "d/f")
            .symbolicLink("d/up", "../l")
            .symbolicLink("missing", "not/here/..")
            .symbolicLink("loop", "loop");
    assertThat(deploy(tar.end(), "links: inside").exitCode()).isZero();
  }

  @Test
  void ofSeveralEntriesOfANameTheLastOneCounts() throws Exception {
    assertDeployed(
        new RawTar().file("f", "1").file("./f", "2").directory("d").file("d", "3").file("e", ""));
    assertThat(app.dest().resolve("f")).hasContent("2");
    assertThat(app.dest().resolve("d")).hasContent("3");
  }

  @Test
  void deepNestingIsDeployedAndRemoved() throws Exception {
    String name = "d/".repeat(499);
    assertDeployed(new RawTar().pax("path", name + "f").file("f", "deep"));
    assertThat(Files.isRegularFile(app.dest().resolve(name + "f"))).isTrue();
    assertDeployed(new RawTar().file("f", "flat"));
    assertThat(app.dest().resolve("d")).doesNotExist();
  }

  @Test
  void whatFollowsTheEndIsNotPartOfTheArchive() throws Exception {
    byte[] tar = new RawTar().file("f", "x").end();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HostileArchives.gzip(new byte[0]));
    bytes.writeBytes(HostileArchives.gzip(tar));
    bytes.writeBytes(HostileArchives.gzip(new RawTar().file("evil", "x").end()));
    bytes.writeBytes(HostileArchives.gzip("garbage".getBytes(StandardCharsets.UTF_8)));

    assertThat(deploy(bytes.toByteArray(), "").exitCode()).isZero();

    assertThat(app.dest()).isDirectoryContaining("glob:**/f");
    assertThat(app.dest().resolve("evil")).doesNotExist();
  }

  @Test
  void aBombIsRefusedLongBeforeItHasUnpacked() throws Exception {
    byte[] zeros = new byte[1 << 20];
    byte[][] parts = new byte[131][];
    java.util.Arrays.fill(parts, zeros);
    parts[0] = new RawTar().header('0', "bomb", "", RawTar.octal(7L << 30, 12)).end();
    assertFails(
        deploy(HostileArchives.gzip(parts), ""), "more than 1000", "--max-ratio", "where it comes");
  }

  @Test
  void directoriesThatOnlyNamesImplyCountAsEntries() throws Exception {
    RawTar tar = new RawTar();
    for (int i = 0; i < 10; i++) {
      tar.pax("path", i + "/" + "d/".repeat(99) + "f").file("f", "x");
    }
    byte[] archive = tar.end();
    assertFails(
        deploy(archive, "", "--max-entries=1009"),
        "'9/d/d",
        "with 1000 directories that have no entries of their own",
        "more than 1009;",
        "--max-entries");
    assertThat(deploy(archive, "", "--max-entries=1010").exitCode()).isZero();
  }

  @Test
  void aDirectoryWhoseEntryComesAfterWhatIsInItCountsOnce() throws Exception {
    byte[] archive = new RawTar().file("a/b/f", "x").directory("a/b").directory("a").end();
    assertFails(deploy(archive, "", "--max-entries=2"), "--max-entries");
    assertThat(deploy(archive, "", "--max-entries=3").exitCode()).isZero();
  }

  @Test
  void eachLimitCanBeSetAndIsNamed() throws Exception {
    byte[] archive =
        HostileArchives.gzip(
            new RawTar().directory("abc").file("abc/d", "1").file("b", "22").end());
    assertFails(deploy(archive, "", "--max-entries=2"), "'b'", "more than 2;", "--max-entries");
    assertFails(
        deploy(archive, "", "--max-unpacked=2"), "'b'", "more than 2 bytes;", "--max-unpacked");
    assertFails(deploy(archive, "", "--max-path=4"), "'abc/d'", "more than 4 bytes;", "--max-path");
    assertThat(deploy(archive, "", "--max-entries=3", "--max-path=5").exitCode()).isZero();
  }
}
