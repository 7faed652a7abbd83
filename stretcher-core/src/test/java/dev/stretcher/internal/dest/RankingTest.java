package dev.stretcher.internal.dest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.BootTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final String HERE = "ab".repeat(16);
  private static final String ELSEWHERE = "cd".repeat(16);

  private static Place place(String id, long logicalTime, String boot, long tick, long micros) {
    Optional<BootTime> time =
        boot.isEmpty()
            ? Optional.empty()
            : Optional.of(new BootTime(boot, Duration.ofMillis(10 * tick), tick));
    return new Place(new Order(logicalTime, micros, time), id);
  }

  private static String ranked(Place... places) {
    List<Place> shuffled = new ArrayList<>(List.of(places));
    Collections.reverse(shuffled);
    return String.join(" ", Ranking.of(shuffled).stream().map(Place::id).toList());
  }

  @Test
  void theClockOfTheKernelCountsAndNotTheOneOnTheWall() {
    assertThat(
            ranked(
                place("a", 0, HERE, 1, 3_600_000_000L),
                place("b", 0, HERE, 2, 5),
                place("c", 0, HERE, 3, 4)))
        .isEqualTo("a b c");
  }

  @Test
  void nanosecondsTellWhatCameInTheSameTick() {
    BootTime early = new BootTime(HERE, Duration.ofMillis(10), 1);
    BootTime late = new BootTime(HERE, Duration.ofMillis(10), 2);
    assertThat(
            ranked(
                new Place(new Order(0, 9, Optional.of(early)), "z"),
                new Place(new Order(0, 1, Optional.of(late)), "a")))
        .isEqualTo("z a");
  }

  @Test
  void hostsThatShareADirectoryAreComparedByTheWall() {
    assertThat(
            ranked(
                place("a", 0, HERE, 900, 1),
                place("b", 0, ELSEWHERE, 5, 2),
                place("c", 0, HERE, 901, 3)))
        .isEqualTo("a b c");
  }

  @Test
  void whoHasNoClockOfTheKernelIsComparedByTheWall() {
    assertThat(ranked(place("a", 0, "", 0, 1), place("b", 0, HERE, 5, 2), place("c", 0, "", 0, 3)))
        .isEqualTo("a b c");
  }

  @Test
  void theLogicalTimeOfConsulCountsMoreThanTheTimeOfArrival() {
    assertThat(ranked(place("late", 7, HERE, 1, 1), place("early", 6, HERE, 2, 2)))
        .isEqualTo("early late");
    assertThat(ranked(place("a", 7, HERE, 1, 1), place("b", 7, HERE, 2, 2))).isEqualTo("a b");
    assertThat(ranked(place("a", 7, HERE, 1, 1), place("b", 0, HERE, 2, 2))).isEqualTo("a b");
  }

  @Test
  void noThreeEventsAreEachLaterThanAnother() {
    assertThat(
            ranked(
                place("consul7", 7, HERE, 1, 1),
                place("hand", 0, HERE, 2, 2),
                place("consul6", 6, HERE, 3, 3)))
        .isEqualTo("hand consul6 consul7");
  }

  @Test
  void allWhoSeeTheSamePlacesSeeTheSameOrder() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Place> places = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String boot = List.of("", HERE, ELSEWHERE).get(random.nextInt(3));
        places.add(place("" + i, random.nextInt(4), boot, random.nextInt(4), random.nextInt(4)));
      }
      List<Place> ranked = Ranking.of(places);
      Collections.shuffle(places, random);
      assertThat(Ranking.of(places)).as("stretcher.seed=" + seed).isEqualTo(ranked);
      assertInOrder(ranked, seed);
    }
  }

  private static void assertInOrder(List<Place> ranked, long seed) {
    for (int i = 0; i < ranked.size(); i++) {
      for (int j = i + 1; j < ranked.size(); j++) {
        Order earlier = ranked.get(i).order();
        Order later = ranked.get(j).order();
        assertThat(earlier.hasOtherLogicalTimeThan(later))
            .as("stretcher.seed=%d: %s, %s", seed, earlier, later)
            .isEqualTo(
                earlier.logicalTime() > 0
                    && later.logicalTime() > 0
                    && earlier.logicalTime() < later.logicalTime());
      }
    }
  }
}
