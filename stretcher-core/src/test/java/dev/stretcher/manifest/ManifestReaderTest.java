package dev.stretcher.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  private static final String DIGITS = "1234567890123456789012345678901234567890";
  private static final String MINIMAL = "src: s3://b/k\ndest: /srv/app\n";

  private static ManifestReader.Result result(String yaml) throws ManifestException {
    return new ManifestReader(Map.of("SECRET", "hunter2"))
        .read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Manifest read(String yaml) throws ManifestException {
    ManifestReader.Result result = result(yaml);
    assertThat(result.warnings()).isEmpty();
    return result.manifest();
  }

  private static Manifest.Target target(String more) throws ManifestException {
    return read(MINIMAL + more).payload().orElseThrow().target();
  }

  private static List<String> problems(byte[] yaml) {
    ManifestException e =
        catchThrowableOfType(
            ManifestException.class,
            () -> new ManifestReader(Map.of("SECRET", "hunter2")).read(yaml));
    assertThat(e).as("what read(byte[]) throws").isNotNull();
    assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("hunter2");
    return e.problems().stream().map(Problem::toString).toList();
  }

  private static List<String> problems(String yaml) {
    return problems(yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsEveryKey() throws ManifestException {
    Manifest manifest =
        read(
            """
            src: s3://example.com/my app.tar.gz
            checksum: e0840daaa97cd2cf2175f9e5d133ffb3324a2b93
            dest: /home/stretcher/app
            dest_mode: 0711
            commands:
              pre: [echo pre, "echo 'a: b'"]
              post:
                - echo post
              success: ["cat >> /tmp/log"]
              failure:
                - |
                  one
                  two
            excludes: ["*.pid", '*.socket']
            exclude_from: conf/exclude.list
            sync_strategy: rsync
            compare: checksum
            max_delete: 100
            env: {FOO: bar, PORT: 8080, EMPTY: , NO: no}
            """);
    Manifest.Payload payload = manifest.payload().orElseThrow();
    assertThat(payload.archive().src()).isEqualTo(URI.create("s3://example.com/my%20app.tar.gz"));
    assertThat(payload.archive().checksum().map(Digest::toString))
        .contains("sha1:e0840daaa97cd2cf2175f9e5d133ffb3324a2b93");
    assertThat(payload.target().dest()).isEqualTo(NativeText.path("/home/stretcher/app"));
    assertThat(payload.target().mode()).contains(new FileMode(0711));
    assertThat(payload.target().rules().excludes()).containsExactly("*.pid", "*.socket");
    assertThat(payload.target().rules().excludeFrom()).contains(Path.of("conf/exclude.list"));
    assertThat(payload.target().syncStrategy()).contains("rsync");
    assertThat(payload.target().rules().comparison()).isEqualTo(Comparison.CHECKSUM);
    assertThat(payload.target().rules().maxDelete()).hasValue(100);
    assertThat(manifest.commands())
        .isEqualTo(
            new Commands(
                CommandList.of("echo pre", "echo 'a: b'"),
                CommandList.of("echo post"),
                CommandList.of("cat >> /tmp/log"),
                CommandList.of("one\ntwo\n")));
    assertThat(manifest.env())
        .containsExactly(
            Map.entry("FOO", "bar"),
            Map.entry("PORT", "8080"),
            Map.entry("EMPTY", ""),
            Map.entry("NO", "no"));
  }

  @Test
  void leavesOutWhatIsAbsentOrEmpty() throws ManifestException {
    Manifest manifest =
        read(
            MINIMAL
                + "checksum:\n"
                + "dest_mode: ~\n"
                + "commands:\n"
                + "  pre: null\n"
                + "excludes:\n"
                + "exclude_from: ''\n"
                + "sync_strategy: \"\"\n"
                + "compare:\n"
                + "max_delete: ''\n"
                + "release:\n"
                + "health:\n"
                + "on_failure: ''\n"
                + "env:\n");
    Manifest.Payload payload = manifest.payload().orElseThrow();
    assertThat(payload.archive().checksum()).isEmpty();
    assertThat(payload.target())
        .isEqualTo(
            new Manifest.Target(
                NativeText.path("/srv/app"),
                Optional.empty(),
                Optional.empty(),
                Links.ANY,
                SyncRules.DEFAULT));
    assertThat(manifest.commands()).isEqualTo(Commands.NONE);
    assertThat(manifest.env()).isEmpty();
    assertThat(manifest.health()).isEqualTo(Health.NONE);
    assertThat(manifest.onFailure()).isEmpty();
  }

  @Test
  void readsHowLongCommandsMayTake() throws ManifestException {
    Commands commands =
        read("""
        commands:
          pre: [a, {run: b, timeout: 30s}, {run: c}]
          post: {timeout: 1m30s, run: [d, {run: e, timeout: 5}]}
        """)
            .commands();
    assertThat(commands.pre().lines()).containsExactly("a", "b", "c");
    assertThat(commands.pre().timeout()).isEmpty();
    assertThat(commands.pre().commands().get(0).timeout()).isEmpty();
    assertThat(commands.pre().commands().get(1).timeout()).contains(Duration.ofSeconds(30));
    assertThat(commands.post().lines()).containsExactly("d", "e");
    assertThat(commands.post().timeout()).contains(Duration.ofSeconds(90));
    assertThat(commands.post().commands().get(1).timeout()).contains(Duration.ofSeconds(5));
  }

  @Test
  void aCommandThatNeedsQuotesIsNoUnknownKey() throws Exception {
    String text =
        """
        commands:
          pre: {echo "stage: 1"}
          post: ["true", echo stage: $X, {rnu: a}]
          failure:
            - echo "stage: $X"
        """;

    ManifestReader.Reading read =
        new ManifestReader(Map.of(), Options.DEFAULT).examine(text.getBytes(UTF_8));

    assertThat(read.problems())
        .hasSize(4)
        .allMatch(problem -> problem.message().contains("is a mapping without run; put a command"));
    assertThat(read.warnings())
        .singleElement()
        .asString()
        .contains("unknown key 'rnu'", "did you mean run?");
  }

  @Test
  void saysWhatIsWrongWithTimedCommands() {
    assertThat(
            problems(
                """
                commands:
                  pre: {timeout: 1m}
                  post: [{timeout: 1m}]
                  success: {run: a}
                  failure: [{run: a, timeout: soon}, {run: [a]}, {run: b, timeout: 0}]
                """))
        .satisfiesExactly(
            problem -> assertThat(problem).contains("line 2", "commands.pre", "without run"),
            problem -> assertThat(problem).contains("line 3", "without run"),
            problem -> assertThat(problem).contains("line 4", "must be a list"),
            problem -> assertThat(problem).contains("line 5", "timeout", "soon"),
            problem -> assertThat(problem).contains("line 5", "a single value"),
            problem -> assertThat(problem).contains("line 5", "more than 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "src:\n", "src: ''\n", "src: ' '\n", "src: null\n"})
  void runsOnlyCommandsWithoutSrc(String src) throws ManifestException {
    Manifest manifest =
        read(src + "dest: relative\nchecksum: x\nexclude_from: ../x\ncommands: {pre: [true]}\n");
    assertThat(manifest.payload()).isEmpty();
    assertThat(manifest.commands().pre().lines()).containsExactly("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {DIGITS, "0" + "1234567" + "00000000000000000000000000000000"})
  void keepsTheDigitsOfAChecksum(String checksum) throws ManifestException {
    assertThat(read(MINIMAL + "checksum: " + checksum).payload().orElseThrow().archive().checksum())
        .contains(Digest.parse(checksum));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "no",
        "8080",
        "0755",
        "0x1F",
        "1_000",
        "1_000.5",
        "1e5",
        "1.50",
        ".inf",
        "1:30",
        "2001-01-01",
        "0o17",
        "+1",
        "=",
        "12345678901234567890.10"
      })
  void keepsThePlainTextOfAScalar(String text) throws ManifestException {
    Manifest manifest = read("commands: {pre: [" + text + "]}\nenv:\n  X: " + text + "\n");
    assertThat(manifest.commands().pre().lines()).containsExactly(text);
    assertThat(manifest.env()).containsEntry("X", text);
  }

  @ParameterizedTest
  @CsvSource({
    "0711, 0711",
    "0o711, 0711",
    "493, 0755",
    "0, 0000",
    "07777, 07777",
    "4095, 07777",
    "'\"0711\"', 0711",
    "'\"711\"', 0711",
    "'''0o711''', 0711",
  })
  void readsModesInOctalAndDecimal(String yaml, String mode) throws ManifestException {
    assertThat(target("dest_mode: " + yaml).mode().map(FileMode::toString)).contains(mode);
  }

  @ParameterizedTest
  @CsvSource({"quick, QUICK", "checksum, CHECKSUM", "'\"checksum\"', CHECKSUM"})
  void readsHowFilesAreCompared(String yaml, Comparison expected) throws ManifestException {
    assertThat(target("compare: " + yaml).rules().comparison()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "'\"12\"', 12", "999999999999999999, 999999999999999999"})
  void readsHowManyFilesMayBeDeleted(String yaml, long expected) throws ManifestException {
    assertThat(target("max_delete: " + yaml).rules().maxDelete()).hasValue(expected);
  }

  @Test
  void warnsOfADecimalModeThatLooksOctal() throws ManifestException {
    ManifestReader.Result result = result(MINIMAL + "dest_mode: 711\n");
    assertThat(result.manifest().payload().orElseThrow().target().mode())
        .contains(new FileMode(711));
    assertThat(result.warnings())
        .containsExactly(
            new Problem(
                3, 12, "dest_mode 711 is decimal, 01307 in octal; write 0711 if octal was meant"));
  }

  @ParameterizedTest
  @CsvSource({"/a/../b, /b", "/a//b/, /a/b", "/a/./b/c/.., /a/b", "/\u00e9 x, /\u00e9 x"})
  void normalisesDest(String dest, String expected) throws ManifestException {
    assertThat(read("src: http://h/x\ndest: " + dest).payload().orElseThrow().target().dest())
        .isEqualTo(NativeText.path(expected));
  }

  @Test
  void resolvesAnchorsAliasesAndMergeKeys() throws ManifestException {
    Manifest manifest =
        read(
            """
            env: &base {&k A: &a one, B: *k}
            commands:
              pre: &list [*a, three]
              post: *list
              <<: [{success: [s]}, {success: [ignored], failure: *list}]
              success: [own]
            """);
    assertThat(manifest.env()).containsOnly(Map.entry("A", "one"), Map.entry("B", "A"));
    assertThat(manifest.commands())
        .isEqualTo(
            new Commands(
                CommandList.of("one", "three"),
                CommandList.of("one", "three"),
                CommandList.of("own"),
                CommandList.of("one", "three")));
    assertThat(read("commands: {pre: [x]}\nenv: {<<: {A: 1, B: 2}, A: 0}").env())
        .containsOnly(Map.entry("A", "0"), Map.entry("B", "2"));
  }

  @Test
  void readsOnlyTheFirstDocument() throws ManifestException {
    assertThat(read("--- \ncommands: {pre: [a]}\n---\nsrc: [\n").commands().pre().lines())
        .containsExactly("a");
  }

  @Test
  void replacesTemplatesBeforeYamlIsRead() throws ManifestException {
    assertThat(
            read("commands: {}\nenv: {A: \"{{ env `SECRET` | json_escape }}\"}\n{{/* x: y */ -}}\n")
                .env())
        .containsExactly(Map.entry("A", "hunter2"));
  }

  @Test
  void readsAByteOrderMark() throws ManifestException {
    assertThat(read("\ufeff" + MINIMAL).payload()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-meta: !env PROD",
        "x-meta: {a: [!env PROD, !!binary aGk=]}",
        "x-meta: !!set {a, b}",
        "x-meta: !!omap [a: 1]",
        "x-meta: !keep {a: b}"
      })
  void aTagUnderAnUnknownKeyIsAWarningOnly(String line) throws ManifestException {
    assertThat(result("env: {A: ! text}\ncommands: {pre: [! x]}\n" + line).warnings())
        .singleElement()
        .asString()
        .contains("unknown key 'x-meta'");
  }

  @Test
  void warnsOfUnknownKeysAndGuesses() throws ManifestException {
    ManifestReader.Result result =
        result(
            "commands:\n  pree: [x]\n  post: [y]\nchecksums: 1\nzzz: [1, {a: b}]\n\"a\\nb\": c\n");
    assertThat(result.manifest().commands().post().lines()).containsExactly("y");
    assertThat(result.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "line 2, column 3: unknown key 'pree' in commands; did you mean pre?",
            "line 4, column 1: unknown key 'checksums'; did you mean checksum?",
            "line 5, column 1: unknown key 'zzz'",
            "line 6, column 1: unknown key 'a\\nb'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "excludes: [*.pid]",
        "excludes: [*]",
        "excludes: [*name]",
        "excludes:\n  - *.pid",
        "excludes:\n  - !keep",
        "excludes:\n  - &",
        "commands:\n  pre:\n    - !test -f x",
        "commands:\n  pre:\n    - @x",
        "commands:\n  pre:\n    - %x",
        "commands:\n  pre:\n    - `x`",
        "commands:\n  pre:\n    - [ -f x ] && y",
        "commands:\n  pre:\n    - {a,b}/run",
        "commands:\n  pre:\n    - echo a: b",
        "commands: {post: [echo status: ok]}",
        "commands:\n  pre:\n    - echo a: b: c",
        "env: {A: {b: c}}",
        "env:\n  A: b: c"
      })
  void whatNeedsQuotesIsTold(String yaml) {
    assertThatThrownBy(() -> read(MINIMAL + yaml + "\n"))
        .hasMessageMatching("(?s).*line \\d+, column \\d+: .*in quotes.*")
        .extracting(Throwable::getMessage, STRING)
        .containsOnlyOnce("in quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[!!str 12]", "['*.pid', \"!x\", \"{a\"]", "[&a x, *a]"})
  void whatNeedsNoneIsRead(String excludes) throws ManifestException {
    assertThat(read(MINIMAL + "excludes: " + excludes + "\n").payload()).isPresent();
  }

  @Test
  void bracesOfACommandAreWrittenByATemplate() throws ManifestException {
    assertThat(
            read("commands:\n  pre: [\"docker ps --format '{{ env `{{` }}.ID}}'\"]\n")
                .commands()
                .pre()
                .lines())
        .containsExactly("docker ps --format '{{.ID}}'");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("", "it is empty"),
        arguments("# only a comment\n", "it is empty"),
        arguments("---\n---\nsrc: x\n", "it is empty"),
        arguments("~", "it is empty"),
        arguments("[a, b]", "it must be a mapping"),
        arguments("<html>hunter2</html>", "it must be a mapping"),
        arguments("src: s3://b/k\n", "line 1, column 6: dest is required with src"),
        arguments("src: s3://b/k\ndest: ''\n", "dest is required with src"),
        arguments("src: s3://b/k\ndest: app\n", "line 2, column 7: dest 'app' must be absolute"),
        arguments("src: s3://b/k\ndest: host:/x\n", "must be absolute"),
        arguments("src: s3://b/k\ndest: /\n", "must not be the root"),
        arguments("src: s3://b/k\ndest: /a/../..\n", "must not be the root"),
        arguments("src: s3://b/k\ndest: \"/a\\0b\"\n", "dest contains a NUL"),
        arguments("src: s3://b/k\ndest: \"/a\\ud800\"\n", "half a surrogate"),
        arguments("src: app.tar\ndest: /a\n", "line 1, column 6: src: 'app.tar' is not a URL"),
        arguments("src: 'https://u:hunter2@h h/'\ndest: /a\n", "src: 'https://***' is not a URL"),
        arguments("src: [hunter2]\ndest: /a\n", "src must be a single value, not a list"),
        arguments(MINIMAL + "checksum: abc\n", "line 3, column 11: checksum 'abc': expected"),
        arguments(MINIMAL + "checksum: sha256:abc\n", "64 hexadecimal digits"),
        arguments(MINIMAL + "dest_mode: 0999\n", "dest_mode must be 0 to 07777"),
        arguments(MINIMAL + "dest_mode: 010000\n", "dest_mode must be"),
        arguments(MINIMAL + "dest_mode: 7777\n", "write 07777"),
        arguments(MINIMAL + "dest_mode: -1\n", "dest_mode must be"),
        arguments(MINIMAL + "dest_mode: 99999999999999\n", "dest_mode must be"),
        arguments(MINIMAL + "dest_mode: rwx\n", "dest_mode must be"),
        arguments(MINIMAL + "excludes: a\n", "excludes must be a list"),
        arguments(MINIMAL + "excludes: [a, '']\n", "line 3, column 15: excludes has an empty"),
        arguments(MINIMAL + "excludes: [[a]]\n", "an item of excludes must be a single value"),
        arguments(MINIMAL + "exclude_from: ../x\n", "exclude_from '../x' must be a file in"),
        arguments(MINIMAL + "exclude_from: a/../../x\n", "must be a file in the archive"),
        arguments(MINIMAL + "exclude_from: /etc/x\n", "must be a file in the archive"),
        arguments(MINIMAL + "exclude_from: .\n", "must be a file in the archive"),
        arguments(MINIMAL + "sync_strategy: [mv]\n", "sync_strategy must be a single value"),
        arguments(
            MINIMAL + "compare: size\n", "line 3, column 10: compare must be quick or checksum"),
        arguments(MINIMAL + "compare: CHECKSUM\n", "quick or checksum, not 'CHECKSUM'"),
        arguments(MINIMAL + "compare: [quick]\n", "compare must be a single value, not a list"),
        arguments(MINIMAL + "max_delete: -1\n", "line 3, column 13: max_delete must be a whole"),
        arguments(MINIMAL + "max_delete: 1.5\n", "must be a whole number from 0"),
        arguments(MINIMAL + "max_delete: 010\n", "such as 100, not '010'"),
        arguments(MINIMAL + "max_delete: 1_000\n", "must be a whole number"),
        arguments(MINIMAL + "max_delete: 10%\n", "must be a whole number"),
        arguments(MINIMAL + "max_delete: 9999999999999999999\n", "must be a whole number"),
        arguments(MINIMAL + "max_delete: {a: 1}\n", "max_delete must be a single value"),
        arguments("commands: hunter2\n", "commands must be a mapping, not a single value"),
        arguments("commands: {pre: hunter2}\n", "commands.pre must be a list"),
        arguments("commands: {pre: [[a]]}\n", "commands.pre must be a single value"),
        arguments("commands: {pre: [\"a\\0\"]}\n", "commands.pre contains a NUL"),
        arguments("env: [hunter2]\n", "env must be a mapping, not a list"),
        arguments("env: {A: [hunter2]}\n", "env.A must be a single value, not a list"),
        arguments("env: {A-B: hunter2}\n", "env: 'A-B' is not a name"),
        arguments("env: {1A: x}\n", "is not a name"),
        arguments("env: {'': x}\n", "is not a name"),
        arguments("env: {A: \"x\\0\"}\n", "env.A contains a NUL"),
        arguments("env: {A: !!binary aHVudGVyMg==}\n", "!!binary"),
        arguments("dest: /a\ndest: /b\n", "line 2, column 1: 'dest' stands here a second time"),
        arguments("env:\n  A: 1\n  A: 2\n", "line 3, column 3: 'A' stands here a second time"),
        arguments("env: *nothing\n", "no anchor &nothing"),
        arguments("commands: &c {pre: *c}\n", "no anchor &c"),
        arguments("env: {<<: text}\n", "<< takes a mapping"),
        arguments("env: {A: hunter2\ndest: /a\n", "not YAML: "),
        arguments("a: b\n\tc: d\n", "line 2, column 1: not YAML: "),
        arguments("a: [\n", "not YAML: "),
        arguments("a: \"\\q\"\n", "not YAML: "),
        arguments("? [a]\n: b\n", "not YAML: "),
        arguments("a: b\0\n", "not YAML: "),
        arguments("{{ must_env \"NOT\" }}", "line 1: {{ must_env }}: the variable NOT is not set"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrongAndWhere(String yaml, String expected) {
    assertThat(problems(yaml)).singleElement().asString().contains(expected);
  }

  @Test
  void collectsAllProblemsInTheOrderOfTheText() {
    assertThat(
            problems(
                """
                env: {A-B: x}
                commands: {pre: x}
                excludes: {}
                checksum: abc
                dest: x
                src: x
                """))
        .extracting(problem -> problem.substring(0, problem.indexOf(',')))
        .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5", "line 6");
  }

  @Test
  void refusesAManifestThatIsTooLong() throws ManifestException {
    String padding = "#".repeat(Options.DEFAULT.size(Settings.MAX_MANIFEST) - MINIMAL.length());
    assertThat(read(MINIMAL + padding).payload()).isPresent();
    assertThat(problems(MINIMAL + padding + "#"))
        .singleElement()
        .asString()
        .contains("more than 1MiB");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThat(problems(new byte[] {'a', ':', ' ', (byte) 0xff}))
        .singleElement()
        .asString()
        .contains("UTF-8");
    assertThat(problems("src: x".getBytes(StandardCharsets.UTF_16)))
        .singleElement()
        .asString()
        .contains("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a [", "!!x ", "*", "'", "%", "---\n|"})
  void hostileNestingEndsInAProblem(String part) {
    assertThat(problems(part.repeat(100_000 / part.length()))).isNotEmpty();
  }

  @Test
  void aShortTextDoesNotExpandExponentially() throws ManifestException {
    StringBuilder lists = new StringBuilder("commands: {}\nx: \n  - &a0 [lol]\n");
    StringBuilder merges = new StringBuilder("commands: {}\nx: \n  - &a0 {k: v}\n");
    for (int i = 1; i < 1_000; i++) {
      lists.append("  - &a%d [%s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(9)));
      merges.append("  - &a%d {k%d: v, <<: *a%d}\n".formatted(i, i, i - 1));
    }
    assertThat(result(lists.toString()).warnings()).hasSize(1);
    assertThat(problems(merges.toString())).singleElement().asString().contains("more than 100000");
  }

  @Test
  void keysThatAreNotTextAreRefusedInPlainWords() {
    assertThatThrownBy(() -> new ManifestReader(Map.of()).read("? [a, b]\n: c\n".getBytes(UTF_8)))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("a key must be plain text")
        .hasMessageNotContaining("snakeyaml");
  }

  @Test
  void aManifestOfNothingButMistakesNamesTheFirstHundred() {
    String yaml = "commands: {pre: [" + "[], ".repeat(10_000) + "]}\n";

    assertThatThrownBy(() -> new ManifestReader(Map.of()).read(yaml.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            ManifestException.class, e -> assertThat(e.problems()).hasSize(100));
  }
}
