package dev.stretcher.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
  static Stream<Setting<?>> all() {
    return Stream.concat(Settings.ALL.stream(), Stream.of(Settings.RUN_AS));
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachIsNamedAndDescribedForPeople(Setting<?> setting) {
    assertThat(setting.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(setting.description()).matches("\\p{Lu}[^|]+\\.");
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachDefaultIsOneOfItsValuesAndIsReadAsItIsWritten(Setting<?> setting) {
    assertThatTheDefaultIsReadAsItIsWritten(setting);
  }

  private static <T> void assertThatTheDefaultIsReadAsItIsWritten(Setting<T> setting) {
    T standard = setting.standard();
    assertThat(setting.parse(setting.kind().text(standard))).isEqualTo(standard);
    assertThat(Options.DEFAULT.with(setting, standard).get(setting)).isEqualTo(standard);
    assertThat(Options.DEFAULT.get(setting)).isEqualTo(standard);
  }

  @Test
  void noTwoHaveOneName() {
    assertThat(all().map(Setting::name)).doesNotHaveDuplicates();
  }

  @Test
  void otherOptionsAreLeftAsTheyAre() {
    Options options = Options.DEFAULT.with(Settings.RETRY, 5);
    Options both = options.with(Settings.MAX_ENTRIES, 10);

    assertThat(options.get(Settings.MAX_ENTRIES)).isEqualTo(5_000_000);
    assertThat(both.get(Settings.RETRY)).isEqualTo(5);
    assertThat(both.get(Settings.MAX_ENTRIES)).isEqualTo(10);
    assertThat(both)
        .isEqualTo(Options.DEFAULT.with(Settings.MAX_ENTRIES, 10).with(Settings.RETRY, 5));
  }

  @Test
  void aValueCanBeTakenBack() {
    Options options = Options.DEFAULT.with(Settings.RETRY, 5).with(Settings.MAX_ENTRIES, 10);

    Options without = options.without(Settings.RETRY);

    assertThat(without.get(Settings.RETRY)).isEqualTo(Settings.RETRY.standard());
    assertThat(without.isSet(Settings.RETRY)).isFalse();
    assertThat(without).isEqualTo(Options.DEFAULT.with(Settings.MAX_ENTRIES, 10));
    assertThat(options.isSet(Settings.RETRY)).isTrue();
    assertThat(Options.DEFAULT.without(Settings.RETRY)).isEqualTo(Options.DEFAULT);
  }

  @Test
  void aValueThatMakesNoSenseIsRefusedByTheNameOfItsSetting() {
    assertRefused(Settings.CONNECTIONS, 65, "connections is 65, expected 1 to 64");
    assertRefused(Settings.MAX_PATH, 0L, "max-path is 0, expected 1 to 1GiB");
    assertRefused(Settings.VERBOSITY, 4, "rsync-verbose is -vvvv, expected 0 to 3");
    assertRefused(
        Settings.LOCK_TIMEOUT, Duration.ofSeconds(-1), "lock-timeout is -1s, expected 0s or more");
    assertRefused(
        Settings.DECOMPRESSOR,
        "zip",
        "decompressor is zip, expected one of auto, java, igzip, pigz, unpigz, gzip, zstd, xz,"
            + " pixz");
  }

  private static <T> void assertRefused(Setting<T> setting, T value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.DEFAULT.with(setting, value))
        .withMessage(message);
  }

  @Test
  void aTextThatIsNoValueIsRefusedWithTheReason() {
    assertUnreadable(Settings.CONNECTIONS, "0", "expected 1 to 64, not '0'");
    assertUnreadable(
        Settings.RETRY, "9999999999", "'9999999999' is not a whole number up to 2147483647");
    assertUnreadable(Settings.MAX_DEPTH, "1001", "expected 1 to 1000, not '1001'");
    assertUnreadable(Settings.ADOPT, "yes", "'yes' is not true or false");
    assertUnreadable(Settings.ON_BUSY, "WAIT", "'WAIT' is not one of wait, newest, fail");
    assertUnreadable(Settings.VERBOSITY, "v", "'v' is not \"\", -v, -vv or -vvv");
  }

  private static void assertUnreadable(Setting<?> setting, String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> setting.parse(text)).withMessage(message);
  }

  @Test
  void zeroIsNoLimitOfTime() {
    assertThat(Options.DEFAULT.limit(Settings.TIMEOUT)).isEmpty();
    assertThat(Options.DEFAULT.limit(Settings.STALL_TIMEOUT)).contains(Duration.ofSeconds(30));
    assertThat(
            Options.DEFAULT
                .with(Settings.STALL_TIMEOUT, Duration.ZERO)
                .limit(Settings.STALL_TIMEOUT))
        .isEmpty();
  }

  @Test
  void whatExceedsALimitNamesTheSetting() {
    assertThat(Options.DEFAULT.with(Settings.MAX_EVENT, 100).exceeded(Settings.MAX_EVENT))
        .isEqualTo("more than 100 bytes; if it is right, raise the setting max-event");
    assertThat(Options.DEFAULT.exceeded(Settings.MAX_ENTRIES))
        .isEqualTo("more than 5000000; if it is right, raise the setting max-entries");
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachChoiceIsAValue(Setting<?> setting) {
    for (String choice : setting.kind().choices()) {
      assertThat(setting.parse(choice)).as(choice).isNotNull();
    }
  }

  @Test
  void whatCanBeListedIsListed() {
    assertThat(Settings.UNPACK.kind().choices()).containsExactly("early", "verified");
    assertThat(Settings.DECOMPRESSOR.kind().choices()).contains("auto", "igzip", "xz");
    assertThat(Settings.SYNC_STRATEGY.kind().choices()).contains("tree", "release");
    assertThat(Settings.VERBOSITY.kind().choices()).containsExactly("-v", "-vv", "-vvv");
    assertThat(Settings.RETRY.kind().choices()).isEmpty();
    assertThat(Kinds.listOf(Kinds.oneOf(Replay.values())).choices())
        .containsExactly("skip", "deploy");
  }

  @Test
  void aListHasAnItemForEachTime() {
    Kind<List<String>> names = Kinds.listOf(Kinds.NAME);
    assertThat(names.parse("a,b")).containsExactly("a,b");
    assertThat(names.text(List.of("a", "b"))).isEqualTo("a, b");
  }
}
