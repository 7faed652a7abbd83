package dev.stretcher.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.ledger.BootTime;
import dev.stretcher.manifest.Health;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** When health commands run, and when that is enough or too late; in a time of its own. */
class HealthCheckTest implements SteadyClock, HealthCheck.Rounds {
  private final List<Long> begun = new ArrayList<>();
  private final List<Long> left = new ArrayList<>();
  private int retried;
  private long now = 7_000_000;

  /** How long a round takes, and which rounds pass, from 1. */
  private Duration cost = Duration.ofMillis(100);

  private IntPredicate passes = round -> true;

  @Override
  public Optional<BootTime> sinceBoot() {
    return Optional.empty();
  }

  @Override
  public long nanoTime() {
    return now * 1_000_000;
  }

  @Override
  public void sleep(Duration time) {
    assertThat(time).isGreaterThanOrEqualTo(Duration.ZERO);
    now += time.toMillis();
  }

  @Override
  public Optional<HookFailed> run(Duration rest) {
    begun.add(now - 7_000_000);
    left.add(rest.toMillis());
    now += cost.toMillis();
    return passes.test(begun.size())
        ? Optional.empty()
        : Optional.of(
            new HookFailed(
                Phase.HEALTH,
                "b",
                7,
                Failure.of("health command 'b': exit status 7").withRemedy("mend it")));
  }

  @Override
  public void retried(HookFailed failure, Duration rest) {
    retried++;
  }

  private static Health health(String steady, String within) {
    return Health.of("a", "b")
        .withSteady(Duration.parse("PT" + steady))
        .withWithin(Duration.parse("PT" + within));
  }

  private HealthCheck.Passed passes(Health health) throws Exception {
    return new HealthCheck(health, this, this).run();
  }

  private HookFailed fails(Health health) {
    HookFailed failure =
        catchThrowableOfType(HookFailed.class, () -> new HealthCheck(health, this, this).run());
    assertThat(failure).isNotNull();
    assertThat(failure.stage()).isEqualTo(Stage.HEALTH);
    assertThat(failure.phase()).isEqualTo(Phase.HEALTH);
    return failure;
  }

  @Test
  void onePassIsEnoughByDefault() throws Exception {
    assertThat(passes(Health.of("a"))).isEqualTo(new HealthCheck.Passed(1, Duration.ofMillis(100)));
    assertThat(left).containsExactly(60_000L);
  }

  @Test
  void aRoundBeginsASecondAfterTheOneBefore() throws Exception {
    passes = round -> round >= 4;

    assertThat(passes(health("0S", "1M")).rounds()).isEqualTo(4);

    assertThat(begun).containsExactly(0L, 1000L, 2000L, 3000L);
    assertThat(retried).isEqualTo(3);
  }

  @Test
  void aRoundBeginsAtOnceIfTheOneBeforeTookLonger() throws Exception {
    passes = round -> round >= 3;
    cost = Duration.ofMillis(2500);

    passes(health("0S", "1M"));

    assertThat(begun).containsExactly(0L, 2500L, 5000L);
    assertThat(left).containsExactly(60_000L, 57_500L, 55_000L);
  }

  @Test
  void theTimeWithoutABreakCountsFromTheEndOfTheFirstPass() throws Exception {
    assertThat(passes(health("2.5S", "1M")).elapsed()).isEqualTo(Duration.ofMillis(2700));

    assertThat(begun).containsExactly(0L, 1000L, 2000L, 2600L);
  }

  @Test
  void aFailureBeginsTheTimeAnew() throws Exception {
    passes = round -> round != 1 && round != 4;

    HealthCheck.Passed passed = passes(health("2S", "1M"));

    // Passed at 1.1 s and 2.1 s, failed at 3.1 s, passed from 4.1 s on.
    assertThat(passed.elapsed()).isEqualTo(Duration.ofMillis(6100));
    assertThat(retried).isEqualTo(2);
  }

  @Test
  void whatFailsUntilTheTimeIsOverIsNamedWithItsStatus() {
    passes = round -> false;

    HookFailed failure = fails(health("0S", "10S"));

    assertThat(failure.command()).isEqualTo("b");
    assertThat(failure.exitStatus()).contains(7);
    assertThat(failure)
        .hasMessage(
            "health command 'b': exit status 7, in the last of 10 rounds in 9.1s; the commands have"
                + " to pass within 10s; find out why they do not, or raise health.within");
    assertThat(retried).isEqualTo(9);
  }

  @Test
  void itFailsAsSoonAsTheCommandsCannotPassLongEnoughAnyMore() {
    passes = round -> round != 3;

    assertThat(fails(health("8S", "10S")))
        .hasMessageContaining("exit status 7, in the last of 3 rounds in 2.1s")
        .hasMessageContaining("the commands have to pass for 8s within 10s");
    assertThat(retried).isZero();
  }

  @Test
  void aFirstPassThatComesTooLateSaysSo() {
    cost = Duration.ofSeconds(3);

    HookFailed failure = fails(health("8S", "10S"));

    assertThat(failure)
        .hasMessage(
            "health commands passed only after 3s, and have to pass for 8s within"
                + " 10s; raise health.within, or lower health.for");
    assertThat(failure.command()).isEqualTo("b");
    assertThat(failure.exitStatus()).isEmpty();
  }

  @Test
  void noRoundBeginsWhenTheTimeIsOverHoweverLongTheSleepWas() {
    passes = round -> false;
    SteadyClock suspended =
        new SteadyClock() {
          @Override
          public Optional<BootTime> sinceBoot() {
            return Optional.empty();
          }

          @Override
          public long nanoTime() {
            return HealthCheckTest.this.nanoTime();
          }

          @Override
          public void sleep(Duration time) {
            now += 3_600_000;
          }
        };

    assertThat(
            catchThrowableOfType(
                HookFailed.class,
                () -> new HealthCheck(health("0S", "10S"), suspended, this).run()))
        .hasMessageContaining("exit status 7, in the only round; the commands have");
    assertThat(begun).hasSize(1);
  }

  @Test
  void whateverHappensItEndsInTimeAndIsRight() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      begun.clear();
      now = 7_000_000;
      double good = random.nextDouble();
      List<Boolean> passed = new ArrayList<>();
      cost = Duration.ofMillis(random.nextInt(3000));
      passes =
          round -> {
            passed.add(random.nextDouble() < good);
            return passed.get(passed.size() - 1);
          };
      Duration steady = Duration.ofMillis(random.nextInt(8000));
      Duration within = steady.plusMillis(1 + random.nextInt(20_000));
      Health health = Health.of("a").withSteady(steady).withWithin(within);

      boolean ok;
      try {
        new HealthCheck(health, this, this).run();
        ok = true;
      } catch (HookFailed | InterruptedException e) {
        ok = false;
      }

      int first = passed.lastIndexOf(false) + 1;
      long streak = first == passed.size() ? -1 : begun.get(begun.size() - 1) - begun.get(first);
      assertThat(ok)
          .as("-Dstretcher.seed=%s, case %s", seed, i)
          .isEqualTo(streak >= steady.toMillis());
      assertThat(begun.get(begun.size() - 1))
          .as("-Dstretcher.seed=%s, case %s", seed, i)
          .isLessThanOrEqualTo(within.toMillis());
    }
  }
}
