package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent asks the kernel to bring to disk, as strace sees it, and what if it cannot. */
class DurabilityIT extends AgentFixture {
  private Path trace;

  @BeforeEach
  void findTools() {
    Tools.require("strace");
    trace = directory.resolve("trace");
  }

  private Cli.Result traced(List<String> strace, String... args) throws Exception {
    return Launcher.finish(start(strace, args));
  }

  private Process start(List<String> strace, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("-f", "-qq", "-y", "-o", trace.toString()));
    command.addAll(strace);
    command.add(Launcher.path().toString());
    command.addAll(List.of(args));
    Map<String, String> environment = environment();
    environment.put("STRETCHER_CACHE_DIR", "");
    return Launcher.start(
        Path.of(TestApp.output("which", "strace").strip()),
        command,
        app.manifest().toString(),
        environment);
  }

  private List<String> calls() throws Exception {
    return Files.readAllLines(trace);
  }

  private static int first(List<String> calls, String regex) {
    Pattern pattern = Pattern.compile(regex);
    for (int i = 0; i < calls.size(); i++) {
      if (pattern.matcher(calls.get(i)).find()) {
        return i;
      }
    }
    return -1;
  }

  private static final List<String> FILES =
      List.of("-e", "trace=fsync,fdatasync,rename,renameat,renameat2");

  @ParameterizedTest
  @ValueSource(strings = {"tree", "mv"})
  void aFileIsOnDiskBeforeItTakesItsPlaceAndItsNameAfterwards(String strategy) throws Exception {
    assertThat(traced(FILES, "--sync-strategy=" + strategy).exitCode()).isZero();

    List<String> calls = calls();
    int content = first(calls, "fsync.*root/bin/run>");
    int rename = first(calls, "rename.*(bin|root)\".*(bin|dest)\"");
    int name = first(calls, "fsync.*" + app.dest() + "/bin>");
    assertThat(content).isNotNegative();
    assertThat(rename).isGreaterThan(content);
    assertThat(name).isGreaterThan(rename);
  }

  @Test
  void aNameThatWasRemovedAndAnAttributeThatWasChangedAreOnDiskToo() throws Exception {
    byte[] tar = new RawTar().directory("bin").file("bin/run", "v1").directory("lib").end();
    Files.write(app.archive(), tar);
    deployFirst();
    Files.writeString(app.dest().resolve("lib/old"), "is removed");
    Files.setPosixFilePermissions(
        app.dest().resolve("bin/run"), PosixFilePermissions.fromString("rw-------"));

    assertThat(traced(FILES, "--adopt").exitCode()).isZero();

    assertThat(calls())
        .anyMatch(call -> call.matches(".*fsync.*" + app.dest() + "/lib>.*"))
        .anyMatch(call -> call.matches(".*fsync.*" + app.dest() + "/bin/run>.*"));
  }

  @Test
  void rsyncsCopiesAreOnDiskInTheEnd() throws Exception {
    Tools.require("rsync");
    assertThat(traced(FILES, "--sync-strategy=rsync").exitCode()).isZero();
    assertThat(first(calls(), "fsync.*" + app.dest() + "/bin/run>")).isNotNegative();
  }

  @Test
  void aShortenedLedgerIsOnDiskBeforeItTakesThePlaceOfTheLongOne() throws Exception {
    assertThat(agent(app.manifest().toString()).exitCode()).isZero();
    Path ledger = directory.resolve("state/stretcher/ledger.jsonl");
    String line = Files.readString(ledger);
    Files.writeString(ledger, line.repeat((1 << 17) / line.length() + 1));

    assertThat(traced(FILES).exitCode()).isZero();

    List<String> calls = calls();
    int rename = first(calls, "rename.*ledger.jsonl.new\".*ledger.jsonl\"");
    assertThat(first(calls, "(fsync|fdatasync).*ledger.jsonl.new>"))
        .isNotNegative()
        .isLessThan(rename);
  }

  @Test
  void nothingIsForcedIfThatIsNotWanted() throws Exception {
    assertThat(traced(FILES, "--fsync=off", "--state-dir=").exitCode()).isZero();
    assertThat(first(calls(), "fsync|fdatasync")).isNegative();
  }

  @Test
  void nothingIsForcedIfNothingChanges() throws Exception {
    byte[] tar = new RawTar().directory(".").directory("bin").file("bin/run", "v1").end();
    Files.write(app.archive(), tar);
    assertThat(agent(app.manifest().toString()).exitCode()).isZero();
    assertThat(traced(FILES, "--state-dir=").exitCode()).isZero();
    assertThat(first(calls(), "fsync.*dest")).isNegative();
  }

  @Test
  void allOfTheFileSystemIsOnDiskIfThatIsWanted() throws Exception {
    List<String> syncfs = List.of("-e", "trace=syncfs");
    assertThat(traced(syncfs, "--fsync=full").exitCode()).isZero();
    assertThat(first(calls(), "syncfs.*dest")).isNotNegative();
  }

  @Test
  void aSignalWhileTheDiskIsWaitedForIsACancelAndNoBrokenDisk() throws Exception {
    deployFirst();
    app.file("bin/run", "v2").pack();
    // strace is the child of what it traces, which so gets the signal.
    List<String> slow =
        List.of("-D", "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=700000:when=1..2");
    Process agent = start(slow, "--state-dir=");
    Cli.Result result = Launcher.terminateAt(agent, "Extracted ");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(143);
    assertThat(result.err()).contains(" Cancelled: ").doesNotContain("brought to disk", "broken");
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
    assertNothingIsLeft();
  }

  @Test
  void aDiskThatFailsFailsTheDeployBeforeDestChanges() throws Exception {
    deployFirst();
    app.file("bin/run", "v2").pack();
    List<String> broken = List.of("-e", "trace=fsync", "-e", "inject=fsync:error=EIO");
    assertFails(
        traced(broken, "--state-dir="),
        "cannot be brought to disk",
        "Input/output error",
        "log of the kernel");
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }
}
