package dev.stretcher.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stretcher.manifest.Digest;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.release.ReleaseUse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The forms in which releases are listed. */
@ResourceLock(Resources.TIME_ZONE)
class ReleaseListTest {
  private static final Path DEST = Path.of("/srv/shop");
  private static final Instant MADE = Instant.parse("2026-11-27T10:45:12Z");
  private static final Digest ARCHIVE = Digest.parse("0".repeat(64));

  private static Release release(String id, State state, boolean live) {
    NewRelease origin =
        new NewRelease(
            id,
            MADE,
            "https://host/shop.yml",
            "ab",
            Optional.of(ARCHIVE),
            "rules",
            "env: {A: secret}");
    return new Release(
        id,
        state,
        Instant.parse("2026-11-27T10:46:59Z"),
        live,
        DEST.resolve("releases").resolve(id),
        Optional.of(origin),
        state == State.GOOD);
  }

  private static Release adopted(String id, boolean live) {
    return new Release(
        id,
        State.ADOPTED,
        MADE,
        live,
        DEST.resolve("releases").resolve(id),
        Optional.empty(),
        false);
  }

  private static ListedRelease used(Release release, long bytes, String... processes) {
    return new ListedRelease(release, Optional.of(new ReleaseUse(bytes, List.of(processes))));
  }

  @Test
  void theTableSaysWhichIsLiveHowItIsSinceWhenWhatItCostsAndWhoUsesIt() {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      List<String> lines =
          new ReleaseTable(
                  List.of(
                      used(release("3-c", State.BAD, true), 700_000, "4711 (java)", "12 (sh)"),
                      used(release("20261126T104512Z-9f3c", State.GOOD, false), 360_000_000),
                      new ListedRelease(adopted("1-a", false), Optional.empty())))
              .lines();
      assertThat(lines)
          .containsExactly(
              "      release                state    since             made              size   "
                  + " used by",
              "live  3-c                    bad      2026/11/27 11:46  2026/11/27 11:45  700 kB "
                  + " 4711 (java), 12 (sh)",
              "      20261126T104512Z-9f3c  good     2026/11/27 11:46  2026/11/27 11:45  360 MB  -",
              "      1-a                    adopted  2026/11/27 11:45  -                 -      "
                  + " -");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void ofManyProcessesSomeAreNamedAndTheRestIsCounted() {
    ReleaseTable table =
        new ReleaseTable(
            List.of(used(release("x", State.GOOD, true), 1, "1 (a)", "2 (b)", "3 (c)", "4 (d)")));

    assertThat(table.lines().get(1)).endsWith("  1 (a), 2 (b) and 2 more");
  }

  @Test
  void aTimeThatNoCalendarHasIsShownAsItIs() {
    Release last =
        new Release(
            "x", State.ADOPTED, Instant.MAX, false, DEST.resolve("x"), Optional.empty(), false);

    assertThat(new ReleaseTable(List.of(used(last, 1))).lines().get(1))
        .contains(" +1000000000-12-31T23:59:59.999999999Z ");
  }

  @Test
  void whatMovesTheCursorIsShownEscaped() {
    ReleaseTable table =
        new ReleaseTable(List.of(used(adopted("a\u001b[1m", true), 1, "1 (\u001b[2J)")));

    assertThat(table.lines().get(1)).contains("  a\\x1b[1m  ", "1 (\\x1b[2J)");
  }

  @Test
  void theSummarySaysWhatIsLiveAndWhereARollbackLeads() {
    List<Release> releases =
        List.of(
            release("1", State.GOOD, false),
            release("2", State.BAD, false),
            release("3", State.GOOD, true),
            release("4", State.GOOD, false));

    assertThat(ReleaseSummary.of(DEST, releases))
        .isEqualTo("/srv/shop: 3 is live and good; stretcher rollback /srv/shop goes back to 1");
  }

  @Test
  void theSummarySaysWhyARollbackLeadsNowhere() {
    assertThat(ReleaseSummary.of(DEST, List.of(release("1", State.BAD, true))))
        .isEqualTo("/srv/shop: 1 is live and bad; there is no release to go back to");
    assertThat(ReleaseSummary.of(DEST, List.of(release("1", State.LIVE, true))))
        .contains("1 is live, and its post and health commands have not passed");
    assertThat(ReleaseSummary.of(DEST, List.of(release("1", State.PREPARED, false))))
        .isEqualTo("/srv/shop: no release is live; deploy a manifest");
  }

  @Test
  void theSummaryNamesAReleaseThatHasToBeNamed() {
    List<Release> first =
        List.of(adopted("1", false), release("2", State.GOOD, true), adopted("3", false));
    assertThat(ReleaseSummary.of(DEST, first))
        .endsWith("stretcher rollback --to 1 /srv/shop leads to one that is adopted");
    List<Release> again = List.of(release("1", State.GOOD, true), release("2", State.GOOD, false));
    assertThat(ReleaseSummary.of(DEST, again))
        .endsWith("stretcher rollback --to 2 /srv/shop leads to one that is good");
  }

  @Test
  void jsonHasAllThatIsKnownAndNothingElse() throws Exception {
    Release release = release("3-c", State.GOOD, true);
    String text = ReleaseJson.of(used(release, 700, "4711 (a \"b\")"));
    JsonNode json = new ObjectMapper().readTree(text);

    assertThat(text).doesNotContain("secret", "\n");
    assertThat(json.get("id").asText()).isEqualTo("3-c");
    assertThat(json.get("live").isBoolean()).isTrue();
    assertThat(json.get("live").asBoolean()).isTrue();
    assertThat(json.get("state").asText()).isEqualTo("good");
    assertThat(json.get("since").asText()).isEqualTo("2026-11-27T10:46:59Z");
    assertThat(json.get("directory").asText()).isEqualTo("/srv/shop/releases/3-c");
    assertThat(json.get("made").asText()).isEqualTo("2026-11-27T10:45:12Z");
    assertThat(json.get("manifest").asText()).isEqualTo("https://host/shop.yml");
    assertThat(json.get("manifestDigest").asText()).isEqualTo("ab");
    assertThat(json.get("archive").asText()).isEqualTo(ARCHIVE.toString());
    assertThat(json.get("bytes").asLong()).isEqualTo(700);
    assertThat(json.get("processes").get(0).asText()).isEqualTo("4711 (a \"b\")");
    JsonNode unknown =
        new ObjectMapper()
            .readTree(ReleaseJson.of(new ListedRelease(adopted("1", false), Optional.empty())));
    assertThat(unknown.has("made")).isFalse();
    assertThat(unknown.has("bytes")).isFalse();
    assertThat(unknown.get("live").asBoolean()).isFalse();
  }
}
