package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of an archive with a table of contents is fetched, and when that is all of it. */
class DeployByTocTest extends TocFixture {
  @Test
  void anEmptyDestGetsAllInOnePass() throws Exception {
    TestApp.exec("rm", "-r", app.dest().toString());

    assertThat(deploy().exitCode()).isZero();

    assertDestIsTheTree();
    assertThat(
            server.wholes()
                + server.requests().stream().filter(r -> r.startsWith("bytes=0-")).count())
        .isEqualTo(1);
  }

  @Test
  void moreThanHalfIsFetchedInOnePass() throws Exception {
    for (int i = 0; i < FILES; i += 10) {
      write("d%02d/f%03d".formatted(i % 20, i), LARGE, 5000 + i);
    }
    pack();
    server.put(Files.readAllBytes(app.archive()));

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests().get(0)).isEqualTo("bytes=-262144");
    assertThat(result.err())
        .doesNotContain("the whole archive is fetched")
        .contains("Checksum ok: " + packed.checksum().hex());
  }

  /** Of what arrives from begin to end, no digest is known before its content is left out. */
  @Test
  void inOnePassAContentOfTheSameSizeAndTimeIsToldByItsDigest() throws Exception {
    for (int i = 0; i < FILES; i += 10) {
      write("d%02d/f%03d".formatted(i % 20, i), LARGE, 5000 + i);
    }
    write("d03/f003", SMALL, 9009);
    Files.setLastModifiedTime(
        tree.resolve("d03/f003"), Files.getLastModifiedTime(app.dest().resolve("d03/f003")));
    pack();
    server.put(Files.readAllBytes(app.archive()));

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).doesNotContain("files are in dest");
  }

  @Test
  void aPreCommandMayTakeAwayAll() throws Exception {
    nextVersion();

    Cli.Result result = deploy("commands:", "  pre:", "    - rm -r %s".formatted(app.dest()));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
  }

  @Test
  void contentsMayWaitUntilTheyAreVerified() throws Exception {
    nextVersion();

    Cli.Result result = deployBy(List.of("--unpack=verified"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.wholes()).isZero();
  }

  @Test
  void aPlanFetchesTheTableOfContentsAlone() throws Exception {
    nextVersion();
    var before = described(app.dest());

    Cli.Result result = with("deploy", "--dry-run", manifest());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(server.requests()).containsExactly("bytes=-262144");
    assertThat(described(app.dest())).isEqualTo(before);
    assertThat(result.err())
        .contains("d03/f003", "d10/f010", "new", "d05/f005")
        .doesNotContain("d04/f004");
    assertNothingIsLeft();
  }

  @Test
  void aPlanSaysTheSameAsWithoutATableOfContents() throws Exception {
    nextVersion();
    String plain = manifest().replaceAll("toc: .*\n", "");

    Cli.Result byToc = with("check", "--against-dest", manifest());
    long fetched = server.bytes();
    Cli.Result whole = with("check", "--against-dest", plain);

    assertThat(byToc.exitCode()).as(byToc.out()).isZero();
    assertThat(fetched).isEqualTo(256 << 10);
    assertThat(byToc.out()).contains("replace d03/f003").isEqualTo(whole.out());
  }

  private Cli.Result with(String command, String flag, String manifest) throws Exception {
    return run(
        List.of("--retry=0", command, flag, app.write(manifest).toString()), "", environment());
  }

  @Test
  void aLocalArchiveIsReadByItsTableOfContentsToo() throws Exception {
    nextVersion();
    String local = manifest().replaceFirst("src: .*", "src: " + app.archive().toUri());

    Cli.Result result = run(List.of(), app.write(local).toString(), environment());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).contains("files are in dest");
  }

  @Test
  void aSyncerThatNeedsTheWholeTreeGetsItInOnePass() throws Exception {
    nextVersion();
    String byRsync = manifest().replace("sync_strategy: tree", "sync_strategy: rsync");

    Cli.Result result = run(List.of(), app.write(byRsync).toString(), environment());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests()).noneMatch(range -> range.startsWith("bytes=-"));
  }

  @Test
  void contentsAreFetchedByNameOfWhatWasDeployedWhateverTheirTimesAre() throws Exception {
    nextVersion();
    buildAgain();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).contains("196 of 200 files are in dest");
    assertThat(server.wholes()).isZero();
  }

  @Test
  void whatWasFetchedInPiecesIsKnownAtTheNextDeploy() throws Exception {
    nextVersion();
    deploy();
    write("d03/f003", SMALL, 9009);
    Files.setLastModifiedTime(tree.resolve("d03/f003"), FileTime.fromMillis(1_700_001_003_000L));
    pack();
    server.put(Files.readAllBytes(app.archive()));

    Cli.Result result = deploy();

    // Its size and time are those of the file in dest, but not its digest.
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).contains("199 of 200 files are in dest");
  }
}
