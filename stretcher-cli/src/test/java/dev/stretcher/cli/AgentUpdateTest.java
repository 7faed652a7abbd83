package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dest that has most of the archive already, so that only the rest is unpacked. */
class AgentUpdateTest extends AgentFixture {
  private Path tree;

  @BeforeEach
  void deployAVersion() throws Exception {
    Tools.require("tar");
    Tools.require("rsync");
    tree = Files.createDirectory(directory.resolve("tree"));
    for (int i = 0; i < 20; i++) {
      write("d" + i % 3 + "/f" + i, "content " + i);
    }
    pack();
    assertThat(agent(app.manifest().toString()).exitCode()).isZero();
  }

  private void write(String name, String content) throws Exception {
    Files.createDirectories(tree.resolve(name).getParent());
    Files.writeString(tree.resolve(name), content);
  }

  private void pack() throws Exception {
    TestApp.exec("tar", "-czf", app.archive().toString(), "-C", tree.toString(), ".");
  }

  private String difference() throws Exception {
    return TestApp.output("rsync", "-anic", "--delete", tree + "/", app.dest() + "/");
  }

  @Test
  void onlyWhatChangedIsReplaced() throws Exception {
    Object before = Files.getAttribute(app.dest().resolve("d0/f0"), "unix:ino");
    write("d1/f1", "changed");
    pack();

    Cli.Result result = agent(app.manifest().toString());

    assertThat(result.exitCode()).isZero();
    assertThat(difference()).isEmpty();
    assertThat(Files.getAttribute(app.dest().resolve("d0/f0"), "unix:ino")).isEqualTo(before);
    assertThat(result.err()).contains(" d1/f1\n").doesNotContain(" d0/f0\n");
    assertNothingIsLeft();
  }

  @Test
  void whatPreCommandsDoToDestIsMadeGoodFromTheArchive() throws Exception {
    write("d1/f1", "changed");
    pack();
    String damage = "cd %s; rm -r d0; echo other > d2/f2; rm d1/f4".formatted(app.dest());

    Cli.Result result = agent(app.manifest("commands: {pre: ['" + damage + "']}").toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(difference()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void destMayBeGoneAfterThePreCommands() throws Exception {
    Cli.Result result =
        agent(app.manifest("commands: {pre: ['rm -r " + app.dest() + "']}").toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(difference()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void linksToFilesThatAreThereAlreadyBecomeFiles() throws Exception {
    Files.createLink(tree.resolve("d2/hard"), tree.resolve("d0/f0"));
    Files.createLink(tree.resolve("d2/harder"), tree.resolve("d0/f0"));
    pack();

    Cli.Result result = agent(app.manifest().toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(difference()).isEmpty();
    assertThat(Files.getAttribute(app.dest().resolve("d2/hard"), "unix:nlink")).isEqualTo(1);
  }

  @Test
  void aFileOfPatternsMayBeALinkToOneThatIsThereAlready() throws Exception {
    write("patterns", "*.log\n");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("patterns"));
    pack();
    Cli.Result first = agent(app.manifest().toString());
    assertThat(first.exitCode()).as(first.err()).isZero();
    Files.writeString(app.dest().resolve("d0/own.log"), "own");
    Files.writeString(app.dest().resolve("d0/own.txt"), "own");

    Cli.Result result = agent(app.manifest("exclude_from: link").toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(app.dest().resolve("d0/own.log")).hasContent("own");
    assertThat(app.dest().resolve("d0/own.txt")).doesNotExist();
  }

  @Test
  void aLinkInThePlaceOfADirectoryThatIsThereAlreadyIsNotWrittenThrough() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path second = Files.createDirectory(directory.resolve("second"));
    Files.createSymbolicLink(second.resolve("d0"), outside);
    write("patterns", "*.no-such\n");
    pack();
    assertThat(agent(app.manifest().toString()).exitCode()).isZero();
    Files.createSymbolicLink(tree.resolve("link"), Path.of("patterns"));
    TestApp.exec(
        "tar",
        "-czf",
        app.archive().toString(),
        "-C",
        tree.toString(),
        ".",
        "-C",
        second.toString(),
        "d0");

    assertFails(agent(app.manifest("exclude_from: link").toString()), "'d0'", "not empty");

    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aLinkToAFileThatIsExcludedIsBroughtIfItsContentDiffers() throws Exception {
    write("app.orig", "hello");
    Files.createLink(tree.resolve("app"), tree.resolve("app.orig"));
    pack();
    Files.writeString(app.dest().resolve("app"), "hellO");
    String manifest = app.manifest("excludes: ['*.orig']", "compare: checksum").toString();

    Cli.Result result = agent(manifest);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(app.dest().resolve("app")).hasContent("hello");
    assertThat(app.dest().resolve("app.orig")).doesNotExist();
  }

  @Test
  void aFileOfPatternsIsNotReadIfItIsHuge() throws Exception {
    write("patterns", "#".repeat((1 << 20) + 1));
    pack();
    assertFails(agent(app.manifest("exclude_from: patterns").toString()), "more than 1MiB");
  }

  @Test
  void whatIsUnpackedOfALocalFileIsWhatWasVerified() throws Exception {
    Path place = directory.resolve("made/late");
    Path evil = directory.resolve("evil.tar.gz");
    write("d0/f0", "evil");
    TestApp.exec("tar", "-cf", app.archive().toString(), "-C", tree.toString(), ".");
    Files.copy(app.archive(), evil);
    write("d0/f0", "good");
    TestApp.exec("tar", "-cf", app.archive().toString(), "-C", tree.toString(), ".");
    String swap =
        "cd '%s'; touch -r '%s' stamp; cat '%s' >'%s'; touch -r stamp '%s'; mkdir made"
            .formatted(directory, app.archive(), evil, app.archive(), app.archive());

    assertFails(
        agent(
            app.write(
                    "src: %s\nchecksum: %s\ndest: %s\ncommands: {pre: [\"%s\"]}\n"
                        .formatted(app.archive().toUri(), app.sha256(), place, swap))
                .toString()),
        "was changed while it was deployed");

    assertThat(place).doesNotExist();
  }

  @Test
  void anotherStrategyGetsAllOfIt() throws Exception {
    write("d1/f1", "changed");
    pack();

    assertThat(agent(app.manifest("sync_strategy: rsync").toString()).exitCode()).isZero();

    assertThat(difference()).isEmpty();
    Files.move(app.dest(), directory.resolve("away"));
    assertThat(agent(app.manifest("sync_strategy: mv").toString()).exitCode()).isZero();
    assertThat(difference()).isEmpty();
  }
}
