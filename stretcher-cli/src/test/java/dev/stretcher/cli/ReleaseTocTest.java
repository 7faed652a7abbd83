package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is known of releases: an update fetches only what changed, and a release can be verified.
 */
class ReleaseTocTest extends TocFixture {
  @Override
  String manifest(String... more) {
    return super.manifest(more).replace("sync_strategy: tree", "sync_strategy: release");
  }

  @Override
  void assertDestIsTheTree() throws IOException {
    assertThat(described(live())).isEqualTo(described(tree));
    assertNothingIsLeft();
  }

  private Path live() throws IOException {
    return app.dest().resolve("current").toRealPath();
  }

  private Path state() {
    return directory.resolve("state/stretcher");
  }

  /** Returns of how many dests it is known what was deployed. */
  private long known() throws IOException {
    try (Stream<Path> files = Files.list(state().resolve("tocs"))) {
      return files.count();
    }
  }

  private Stretcher library() {
    return Stretcher.builder()
        .ledger(Ledger.in(state()))
        .temporaryDirectory(temporary)
        .options(Options.DEFAULT.with(Settings.RETRY_WAIT, Duration.ZERO))
        .build();
  }

  private void deployed(String... more) throws Exception {
    Cli.Result result = deploy(more);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Cli.Result verify(Path dest, String... flags) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(List.of(flags));
    arguments.add(dest.toString());
    return run(arguments, "", environment());
  }

  @Test
  void anUpdateFetchesWhatTheLiveReleaseLacks() throws Exception {
    Path before = live();
    nextVersion();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(live()).isNotEqualTo(before);
    assertThat(server.wholes()).isZero();
    assertThat(server.bytes()).isLessThan(changedBytes * 3 / 2 + (256 << 10) + 4 * (64 << 10));
    assertThat(result.err()).contains("196 of 200 files are in dest");
    assertThat(known()).isEqualTo(2);
  }

  @Test
  void alsoByWhatItContainsWhateverItsTimesAre() throws Exception {
    nextVersion();
    buildAgain();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).contains("196 of 200 files are in dest");
  }

  @Test
  void afterARollbackItIsTheOlderOneThatIsKnown() throws Exception {
    nextVersion();
    deployed();
    try (Stretcher stretcher = library()) {
      stretcher.rollback(app.dest());
    }
    assertThat(verify(app.dest(), "--full").exitCode()).isZero();
    write("d03/f003", SMALL, 9007);
    pack();
    server.put(Files.readAllBytes(app.archive()));
    server.forget();

    Cli.Result result = deploy();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).contains("196 of 200 files are in dest");
  }

  @Test
  void whatLiesPreparedIsDeployedWithoutAnyRequest() throws Exception {
    nextVersion();
    Release prepared;
    try (Stretcher stretcher = library()) {
      prepared = stretcher.prepare(app.write(manifest()));
    }
    assertThat(server.wholes()).isZero();
    assertThat(prepared.live()).isFalse();
    assertThat(known()).isEqualTo(2);
    server.forget();

    deployed();

    assertThat(server.requests()).isEmpty();
    assertThat(server.wholes()).isZero();
    assertThat(live()).isEqualTo(prepared.directory());
    assertDestIsTheTree();
  }

  @Test
  void aReleaseIsVerifiedByTheNameOfItsDestAndOfItsLink() throws Exception {
    for (Path name : List.of(app.dest(), app.dest().resolve("current"), live())) {
      for (String flag : List.of("--full=false", "--full")) {
        Cli.Result result = verify(name, flag);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("is as it was deployed");
        assertThat(result.exitCode()).isZero();
      }
    }
    Files.writeString(live().resolve("d03/f003"), "x");
    Cli.Result changed = verify(app.dest());
    assertThat(changed.exitCode()).isEqualTo(1);
    assertThat(changed.out()).contains("changed d03/f003");
  }

  @Test
  void whatIsSharedIsNotPartOfARelease() throws Exception {
    deployed("release: {shared: [log/, conf/local/]}");
    Files.writeString(app.dest().resolve("shared/log/1"), "x");

    Cli.Result result = verify(app.dest(), "--full");

    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(live().resolve("log")).isSymbolicLink();
    Files.createDirectory(live().resolve("other"));
    assertThat(verify(app.dest()).out()).isEqualTo("extra other (a directory)\n");
  }

  @Test
  void whatIsPrunedIsForgotten() throws Exception {
    for (int seed = 1; seed <= 4; seed++) {
      write("d03/f003", SMALL, 5000 + seed);
      pack();
      server.put(Files.readAllBytes(app.archive()));
      deployed("release: {keep: 1}");
    }

    assertThat(Files.list(app.dest().resolve("releases"))).hasSize(2);
    assertThat(known()).isEqualTo(2);
    assertThat(verify(live()).exitCode()).isZero();
  }

  @Test
  void aDryRunFetchesTheTableOfContentsAndSaysWhatIsUnchanged() throws Exception {
    nextVersion();

    Cli.Result result =
        run(List.of("deploy", "--dry-run", app.write(manifest()).toString()), "", environment());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(server.requests()).containsExactly("bytes=-262144");
    assertThat(result.err())
        .contains("would make a new release: 197 of 201 files are as in")
        .contains("would switch " + app.dest().resolve("current") + " to a new release");
    assertThat(Files.list(app.dest().resolve("releases"))).hasSize(1);
    assertNothingIsLeft();
  }

  @Test
  void aDestOfReleasesIsNotEmptiedByAnotherStrategy() throws Exception {
    Cli.Result result = run(List.of(), app.write(super.manifest()).toString(), environment());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("this dest keeps releases", "use the sync_strategy that made them");
    assertThat(Files.exists(app.dest().resolve("current"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(described(live())).isEqualTo(described(tree));
  }
}
