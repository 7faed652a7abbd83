package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Deploys that fetch only what dest lacks, also by the packaged launcher. */
class AgentTocTest extends TocFixture {
  @Test
  void anUpdateFetchesTheTableOfContentsAndWhatChanged() throws Exception {
    nextVersion();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests()).allMatch(range -> !range.isEmpty());
    // The end is fetched before anyone knows how long the table of contents is.
    assertThat(server.bytes()).isLessThan(changedBytes * 3 / 2 + (256 << 10) + 4 * (64 << 10));
    assertThat(result.err())
        .containsPattern("Fetched 51[0-9] kB of 4.9 MB in 5 ranges; 196 of 200 files are in dest")
        .contains("Checksum ok: toc:" + packed.toc());
  }

  @Test
  void whatDoesNotChangeIsNotFetched() throws Exception {
    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.requests()).containsExactly("bytes=-262144");
  }

  @Test
  void whatAPreCommandTakesAwayIsFetchedThen() throws Exception {
    nextVersion();

    Cli.Result result =
        deploy(
            "commands:", "  pre:", "    - rm -r %s/d11 %s/d00".formatted(app.dest(), app.dest()));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(server.wholes()).isZero();
  }
}
