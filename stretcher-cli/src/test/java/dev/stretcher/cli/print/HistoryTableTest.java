package dev.stretcher.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.LedgerRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.TIME_ZONE)
class HistoryTableTest {
  private static final String LONG = "/srv/installations/production/webshop-of-the-south";

  private static String line(String dest, String error) {
    return line(Instant.parse("2026-01-31T12:00:00Z"), dest, error);
  }

  private static String line(Instant now, String dest, String error) {
    LedgerRecord failed =
        new LedgerRecord(
            now,
            now,
            "id",
            Optional.empty(),
            0,
            "https://host/releases/shop-1.4.2-with-a-very-long-name-0123456789abcdef.yml",
            Optional.empty(),
            Optional.of(dest),
            LedgerRecord.Outcome.FAILED,
            Optional.of(error),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return HistoryTable.of(List.of(failed), Map.of("COLUMNS", "80")).lines().get(0);
  }

  @Test
  void timesAreThoseOfTheClockOnTheWallAtThatTime() {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      assertThat(line(Instant.parse("2026-01-31T02:00:00Z"), "/a", "x"))
          .startsWith("2026/01/30 21:00:00  ");
      assertThat(line(Instant.parse("2026-07-31T02:00:00Z"), "/a", "x"))
          .startsWith("2026/07/30 22:00:00  ");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void namesLeaveRoomForTheReason() {
    String line = line(LONG, "the checksum is another one");

    assertThat(line.codePointCount(0, line.length())).isEqualTo(80);
    assertThat(line).contains("f-the-south", "the check");
  }

  @Test
  void theReasonDoesNotRepeatTheUrl() {
    String url = "https://host/releases/shop-1.4.2-with-a-very-long-name-0123456789abcdef.yml";

    assertThat(line("/a", url + " is not a manifest: line 3")).contains("  not a manifest");
    assertThat(line("/a", "cannot fetch " + url + ": HTTP 404"))
        .contains("  cannot fetch it: HTTP");
  }

  @Test
  void noCharacterIsCutInTwo() {
    String line = line("/srv/" + "\uD83D\uDE00".repeat(40), "\uD83D\uDE00".repeat(40));

    assertThat(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)).doesNotContain((byte) '?');
  }

  @Test
  void whatMovesTheCursorIsShownEscaped() {
    assertThat(line("/a\u009b31m", "x\u001b[1m\u202e"))
        .contains("  /a\\x9b31m  ", "  x\\x1b[1m\\u202e");
  }
}
