package dev.stretcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.stretcher.manifest.ReleaseRules.Shared;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Problem;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manifest says of releases, of health, and of failures. */
class ReleaseKeysTest {
  private static final String MINIMAL = "src: s3://b/k\ndest: /srv/app\n";
  private static final String CHECK = "commands: {post: [x]}\nhealth:\n  commands: [check]\n";

  private static ManifestReader.Result result(String yaml) throws ManifestException {
    return new ManifestReader(Map.of()).read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static ReleaseRules release(String yaml) throws ManifestException {
    ManifestReader.Result read = result(MINIMAL + "release: " + yaml + "\n");
    assertThat(read.warnings()).isEmpty();
    return read.manifest().payload().orElseThrow().target().rules().release();
  }

  private static Health health(String yaml) throws ManifestException {
    ManifestReader.Result read = result("commands: {}\nhealth: " + yaml + "\n");
    assertThat(read.warnings()).isEmpty();
    return read.manifest().health();
  }

  private static List<String> problems(String yaml) {
    ManifestException e = catchThrowableOfType(ManifestException.class, () -> result(yaml));
    assertThat(e).as("what reading it throws").isNotNull();
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsWhatIsSaidOfReleases() throws ManifestException {
    assertThat(release("{id: 1.50, keep: 3, shared: [log/, config/database.yml, \u00e9]}"))
        .isEqualTo(
            ReleaseRules.DEFAULT
                .withId("1.50")
                .withKeep(3)
                .withShared(
                    List.of(
                        new Shared(Path.of("log"), true),
                        new Shared(Path.of("config/database.yml"), false),
                        new Shared(NativeText.path("\u00e9"), false))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{id: , keep: '', shared: }", "{keep: 5, shared: []}"})
  void whatIsAbsentIsTheDefault(String yaml) throws ManifestException {
    assertThat(release(yaml)).isEqualTo(ReleaseRules.DEFAULT);
    assertThat(SyncRules.DEFAULT.withRelease(release(yaml)).given()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_1", "0", "1.4.2-rc.1_x", "20261127T104512Z-9f3c", "a..b"})
  void anIdIsANameThatAPathAndACommandLineMayHave(String id) throws ManifestException {
    assertThat(release("{id: " + id + "}").id()).contains(id);
    assertThat(release("{id: " + "a".repeat(100) + "}").id()).isPresent();
  }

  @Test
  void namesThatOnlyBeginAlikeAreSharedBoth() throws ManifestException {
    assertThat(release("{shared: [log/, log.d, logs/a, a/log]}").shared()).hasSize(4);
    assertThat(release("{keep: 1000}").keep()).isEqualTo(1000);
  }

  @Test
  void readsCommandsOfHealthInEachForm() throws ManifestException {
    assertThat(health("{commands: [check]}")).isEqualTo(Health.of("check"));
    assertThat(health("{commands: [a, {run: b, timeout: 5s}], for: 10s, within: 2m}"))
        .isEqualTo(
            new Health(
                CommandList.of("a").with("b", Duration.ofSeconds(5)),
                Duration.ofSeconds(10),
                Duration.ofMinutes(2)));
    assertThat(health("{commands: {run: [a], timeout: 9}, for: 0}").commands())
        .isEqualTo(CommandList.of("a").withTimeout(Duration.ofSeconds(9)));
    assertThat(health("{commands: [a], within: 1ns}").within()).isEqualTo(Duration.ofNanos(1));
    assertThat(health("")).isEqualTo(Health.NONE);
  }

  @Test
  void readsWhatAFailureMeans() throws ManifestException {
    assertThat(result(MINIMAL + "on_failure: rollback\n").manifest().onFailure())
        .contains(OnFailure.ROLLBACK);
    assertThat(result(MINIMAL + "on_failure: keep\n").manifest().onFailure())
        .contains(OnFailure.KEEP);
    assertThat(result(MINIMAL + "on_failure:\n").manifest().onFailure()).isEmpty();
    assertThat(result("commands: {}\non_failure: keep\n").manifest().onFailure())
        .contains(OnFailure.KEEP);
  }

  @Test
  void guessesMisspeltKeys() throws ManifestException {
    assertThat(
            result(
                    MINIMAL
                        + "release: {kep: 1}\nhealth: {commands: [{rum: a, run: b}], fo: 1s,"
                        + " witin: 1}\non_failur: keep\n")
                .warnings())
        .extracting(Problem::message)
        .containsExactly(
            "unknown key 'kep' in release; did you mean keep?",
            "unknown key 'rum' in health.commands[]",
            "unknown key 'fo' in health; did you mean for?",
            "unknown key 'witin' in health; did you mean within?",
            "unknown key 'on_failur'; did you mean on_failure?");
  }

  static Stream<Arguments> mistakes() {
    String id = "release.id must be 1 to 100 letters, digits";
    String part = "must be a name in the release without '.', '..' and empty parts";
    return Stream.of(
        arguments("release: 1.4", "release must be a mapping"),
        arguments("release: {id: [a]}", "release.id must be a single value"),
        arguments("release: {id: a/b}", "line 3, column 15: " + id),
        arguments("release: {id: ..}", id),
        arguments("release: {id: .hidden}", id),
        arguments("release: {id: -rf}", id),
        arguments("release: {id: a b}", id),
        arguments("release: {id: \u00e9}", id),
        arguments("release: {id: \"a\\n\"}", id),
        arguments("release: {id: " + "a".repeat(101) + "}", id),
        arguments("release: {id: \"a\\0\"}", "release.id contains a NUL"),
        arguments("release: {keep: 0}", "release.keep must be a whole number from 1 to 1000"),
        arguments("release: {keep: -1}", "not '-1'"),
        arguments("release: {keep: 05}", "not '05'"),
        arguments("release: {keep: 1001}", "not '1001'"),
        arguments("release: {keep: 99999999999999999999}", "from 1 to 1000"),
        arguments("release: {keep: all}", "not 'all'"),
        arguments("release: {shared: log}", "release.shared must be a list"),
        arguments("release: {shared: [[log]]}", "an item of release.shared must be a single"),
        arguments("release: {shared: [/log]}", "'/log' must be relative to the release"),
        arguments("release: {shared: ['']}", "release.shared '' " + part),
        arguments("release: {shared: [.]}", "release.shared '.' " + part),
        arguments("release: {shared: [./]}", part),
        arguments("release: {shared: [..]}", part),
        arguments("release: {shared: [a/../b]}", part),
        arguments("release: {shared: [a//b]}", part),
        arguments("release: {shared: [a/./b]}", part),
        arguments("release: {shared: [a//]}", part),
        arguments("release: {shared: [\"a\\0\"]}", "contains a NUL"),
        arguments("release: {shared: [\"a\\ud800\"]}", "half a surrogate pair"),
        arguments("release: {shared: [" + "\u00e9".repeat(128) + "]}", "is too long"),
        arguments("release: {shared: [" + "a/".repeat(501) + "]}", "is too long"),
        arguments("release: {shared: [log, log/]}", "release.shared has 'log/' twice"),
        arguments(
            "release: {shared: [a/b/c, a/]}", "'a/b/c' is in 'a/', which is shared as a whole"),
        arguments("health: curl", "health must be a mapping"),
        arguments("health: {}", "health has no commands, so it checks nothing"),
        arguments("health: {commands: [], for: 1s}", "health has no commands"),
        arguments("health: {commands: curl}", "health.commands must be a list"),
        arguments("health: {commands: [{timeout: 1s}]}", "health.commands is a mapping without"),
        arguments(
            "health: {commands: [{run: a, timeout: 0}]}", "timeout must be more than 0, such as"),
        arguments("health: {commands: [a], for: soon}", "health.for: 'soon' is not a duration"),
        arguments("health: {commands: [a], for: -1s}", "health.for: '-1s' is not a duration"),
        arguments("health: {commands: [a], within: [1]}", "health.within must be a single value"),
        arguments("health: {commands: [a], for: 2m, within: x}", "health.within: 'x' is not a"),
        arguments(
            "health: {commands: [a], for: 1m}",
            "health.within must be more than health.for, but is 1m0s by default, and health.for is"
                + " 1m0s"),
        arguments(
            "health: {commands: [a], within: 0}",
            "health.within must be more than health.for, but is 0s, and health.for is 0s"),
        arguments("on_failure: stop", "on_failure must be keep or rollback, not 'stop'"),
        arguments("on_failure: [keep]", "on_failure must be a single value"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrong(String yaml, String expected) {
    assertThat(problems(MINIMAL + yaml + "\n")).singleElement().asString().contains(expected);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(
            problems(
                MINIMAL
                    + "release: {id: a/b, keep: 0, shared: [/x, y, y]}\nhealth: {for: 1h}\n"
                    + "on_failure: never\n"))
        .hasSize(7);
  }

  @Test
  void onlyCommandsLeaveNothingToRollBackTo() throws ManifestException {
    assertThat(problems(CHECK + "on_failure: rollback\n"))
        .singleElement()
        .asString()
        .startsWith("line 4, column 13: on_failure: a manifest without src only runs commands")
        .endsWith("remove on_failure, or add src");
    assertThat(result(CHECK + "release: nothing\n").manifest().health())
        .isEqualTo(Health.of("check"));
  }

  @Test
  void isShownAsItIsMeant() throws ManifestException {
    Manifest manifest =
        result(
                MINIMAL
                    + "release: {id: '7', shared: [log/]}\non_failure: rollback\n"
                    + "health: {commands: [a], for: 3s}\n")
            .manifest();

    assertThat(RuleKeys.RELEASE.shownOf(manifest))
        .contains(Map.of("id", "7", "keep", 5, "shared", List.of("log/")));
    assertThat(RuleKeys.RELEASE.stepOf(manifest))
        .isEqualTo("as release 7, keeping 5 good releases, sharing log/");
    assertThat(ManifestKeys.ON_FAILURE.shownOf(manifest)).contains("rollback");
    assertThat(ManifestKeys.ON_FAILURE.stepOf(manifest)).startsWith("rolling back");
    assertThat(ManifestKeys.ON_FAILURE.stepOf(manifest.withOnFailure(OnFailure.KEEP)))
        .startsWith("keeping it");
    assertThat(ManifestKeys.HEALTH.shownOf(manifest))
        .contains(
            Map.of(
                "commands",
                Map.of("run", List.of(Map.of("line", "a"))),
                "for",
                Duration.ofSeconds(3),
                "within",
                Duration.ofMinutes(1)));
    assertThat(Optional.of(manifest.withHealth(Health.NONE)).flatMap(ManifestKeys.HEALTH::of))
        .isEmpty();
  }
}
