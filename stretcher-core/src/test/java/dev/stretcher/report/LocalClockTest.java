package dev.stretcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class LocalClockTest {
  @Test
  void showsTheTimeThatTheJdkShows() {
    LocalDateTime before = LocalDateTime.now().truncatedTo(ChronoUnit.MILLIS);
    LocalDateTime shown = LocalDateTime.now(new LocalClock());

    assertThat(shown).isBetween(before, LocalDateTime.now());
  }

  @Test
  void knowsTheOffsetOfEachSeason() {
    for (String moment : new String[] {"2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z"}) {
      Instant instant = Instant.parse(moment);

      assertThat(LocalClock.offset(instant))
          .isEqualTo(ZoneId.systemDefault().getRules().getOffset(instant));
    }
  }

  @Test
  void takesAnotherZone() {
    Clock clock = new LocalClock().withZone(ZoneId.of("Asia/Tokyo"));

    assertThat(clock.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
