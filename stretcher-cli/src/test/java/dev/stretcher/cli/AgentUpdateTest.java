package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An update of a dest that has most of the archive. */
class AgentUpdateTest extends AgentFixture {
  private static final long THEN = 1_000_000_000_000L;

  private RawTar tar(String changed) {
    return new RawTar()
        .directory("lib")
        .directory("lib/deep")
        .file("lib/deep/file", "content")
        .directory("bin")
        .file("bin/run", changed)
        .directory("empty");
  }

  private void deploy(String changed, String pre) throws Exception {
    Files.write(app.archive(), tar(changed).end());
    Cli.Result result = agent(app.manifest("commands: {pre: ['" + pre + "']}").toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void onlyWhatChangesIsStagedWithItsDirectory() throws Exception {
    deploy("1", "true");
    Path list = directory.resolve("list");

    deploy("22", "find " + directory + " > " + list);

    assertThat(Files.readString(list).lines().filter(line -> line.contains("/root/")))
        .map(line -> line.replaceFirst(".*/root/", ""))
        .containsExactlyInAnyOrder("bin", "bin/run");
    assertThat(app.dest().resolve("bin/run")).hasContent("22");
    assertThat(Files.getLastModifiedTime(app.dest().resolve("bin")).toMillis()).isEqualTo(THEN);
  }

  @Test
  void directoriesThatACommandRemovesComeBackWithAllThatIsInThem() throws Exception {
    deploy("1", "true");

    deploy("1", "rm -r " + app.dest() + "/lib " + app.dest() + "/empty");

    assertThat(app.dest().resolve("lib/deep/file")).hasContent("content");
    assertThat(app.dest().resolve("empty")).isEmptyDirectory();
    for (String name : new String[] {"lib", "lib/deep", "empty"}) {
      Path made = app.dest().resolve(name);
      assertThat(Files.getLastModifiedTime(made).toMillis()).as(name).isEqualTo(THEN);
      assertThat(Files.getAttribute(made, "unix:mode")).as(name).isEqualTo(0040755);
    }
  }

  @Test
  void aFileInThePlaceOfADirectoryMakesWay() throws Exception {
    deploy("1", "true");
    String lib = app.dest() + "/lib";

    deploy("1", "rm -r " + lib + "; ln -s /etc " + lib);

    assertThat(Files.isSymbolicLink(app.dest().resolve("lib"))).isFalse();
    assertThat(app.dest().resolve("lib/deep/file")).hasContent("content");
  }
}
