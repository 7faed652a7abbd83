package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that makes the class-data archive outlives the deploy, and holds nothing of it. */
@Timeout(60)
class BackgroundIT {
  private static final Pattern STAT =
      Pattern.compile("\\d+ \\(.*\\) \\S \\d+ (?<group>\\d+) (?<session>\\d+) ");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void itHasNoDescriptorOfTheCallerAndASessionOfItsOwn(String shell) throws Exception {
    String report = report(shell, "/usr/bin:/bin");

    assertThat(report).contains("/dev/null").doesNotContain("/lock-", "pipe:");
    assertThat(number(report, "session")).isNotEqualTo(number(ofThisProcess(), "session"));
  }

  @Test
  void itHasAProcessGroupOfItsOwnWhereThereIsNoSetsid() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    for (String name :
        "sh bash cat chmod cksum find ls mkdir mv nice readlink rm sync wc sleep".split(" ")) {
      Path program = Path.of("/usr/bin", name);
      Path there = Files.exists(program) ? program : Path.of("/bin", name);
      StubJava.program(programs.resolve(name), "exec " + there + " \"$@\"");
    }

    String report = report("bash", programs.toString());

    assertThat(report).doesNotContain("/lock-", "pipe:");
    assertThat(number(report, "group")).isNotEqualTo(number(ofThisProcess(), "group"));
  }

  @Test
  void noProgramWithTheNameOfADescriptorRunsWhereThereIsNoBash() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    for (String name :
        "sh cat chmod cksum find ls mkdir mv nice readlink rm setsid sync wc sleep".split(" ")) {
      Path program = Path.of("/usr/bin", name);
      Path there = Files.exists(program) ? program : Path.of("/bin", name);
      StubJava.program(programs.resolve(name), "exec " + there + " \"$@\"");
    }
    Path mark = directory.resolve("mark");
    for (String name : List.of("10", "200")) {
      StubJava.program(programs.resolve(name), ": >" + mark);
    }

    String report = report("dash", programs.toString());

    assertThat(report).contains("/dev/null").doesNotContain("/lock-3", "/lock-9", "pipe:");
    assertThat(mark).doesNotExist();
  }

  /** Returns which files the process has open, and its line of the kernel. */
  private String report(String shell, String path) throws Exception {
    Path report = directory.resolve("report");
    Path java =
        StubJava.home(
            directory.resolve("jdk"),
            """
            case "$*" in
              *Rehearsal*)
                for each in /proc/$$/fd/*; do readlink "$each"; done >'%1$s.new' 2>/dev/null
                cat /proc/$$/stat >>'%1$s.new'
                mv '%1$s.new' '%1$s' ;;
            esac
            """
                .formatted(report));
    Path launcher =
        StubJava.launcher(
            directory.resolve("installation"), Map.of("/usr/local/bin:/usr/bin:/bin", path));
    Path caller =
        StubJava.program(
            directory.resolve("caller"),
            "exec /bin/bash -c 'exec 3>%3$s/lock-3 9>%3$s/lock-9 200>%3$s/lock-200; cd /; exec /bin/%1$s %2$s'"
                .formatted(shell, launcher, directory));
    Path cache = directory.resolve("cache");

    StubJava.run(
        caller,
        List.of(),
        "PATH",
        path,
        "JAVA_HOME",
        java,
        "STRETCHER_CACHE_DIR",
        cache,
        "BASH_VERSION",
        "5");

    Condition.await(() -> Files.exists(report));
    return Files.readString(report);
  }

  private static String ofThisProcess() throws IOException {
    return Files.readString(Path.of("/proc/self/stat"));
  }

  private static String number(String report, String field) {
    Matcher stat = STAT.matcher(report);
    assertThat(stat.find()).as(report).isTrue();
    return stat.group(field);
  }
}
