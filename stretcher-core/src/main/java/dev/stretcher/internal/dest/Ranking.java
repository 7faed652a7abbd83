package dev.stretcher.internal.dest;

import dev.stretcher.ledger.BootTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the places of a queue into the order of their events, the first one first. All deploys that
 * see the same places get the same order, whatever their clocks say: there is always exactly one
 * last place, and one first.
 */
final class Ranking {
  private static final Comparator<Place> BY_CLOCK =
      Comparator.comparing((Place place) -> uptime(place.order()))
          .thenComparing(place -> nanos(place.order()))
          .thenComparing(place -> place.order().micros())
          .thenComparing(Place::id);

  /**
   * A place and its sort key.
   *
   * @param key the highest of all places that are not after this one
   */
  private record Keyed(Place place, long key) {}

  private Ranking() {}

  static List<Place> of(Collection<Place> places) {
    return places.size() < 2 ? List.copyOf(places) : ofSeveral(places);
  }

  private static List<Place> ofSeveral(Collection<Place> places) {
    return byLogicalTime(byArrival(places));
  }

  /**
   * Sorts by the time of arrival. Places of different boots are those of hosts that share a
   * directory: only the wall clock can compare them, and it must not contradict the kernel's clock
   * about the places of one host.
   */
  private static List<Place> byArrival(Collection<Place> places) {
    Map<String, List<Place>> boots = new TreeMap<>();
    places.forEach(
        place -> boots.computeIfAbsent(boot(place.order()), id -> new ArrayList<>()).add(place));
    List<Keyed> keyed = new ArrayList<>();
    for (List<Place> boot : boots.values()) {
      boot.sort(BY_CLOCK);
      long latest = 0;
      for (Place place : boot) {
        latest = Math.max(latest, place.order().micros());
        keyed.add(new Keyed(place, latest));
      }
    }
    return sorted(keyed, Comparator.comparingLong(Keyed::key));
  }

  /**
   * Puts each place with a logical time behind all places with a lower one. A place without a
   * logical time stays where it is, so that three events cannot each be later than another of them.
   */
  private static List<Place> byLogicalTime(List<Place> arrived) {
    List<Keyed> keyed = new ArrayList<>();
    for (int i = 0; i < arrived.size(); i++) {
      keyed.add(new Keyed(arrived.get(i), i));
    }
    // This sorts and keeps, of those with the same logical time, the order in which they came.
    keyed.sort(Comparator.comparingLong(each -> each.place().order().logicalTime()));
    List<Keyed> raised = new ArrayList<>();
    long highest = 0;
    for (Keyed each : keyed) {
      boolean logical = each.place().order().logicalTime() > 0;
      highest = logical ? Math.max(highest, each.key()) : highest;
      raised.add(logical ? new Keyed(each.place(), highest) : each);
    }
    return sorted(raised, Comparator.comparingLong(Keyed::key));
  }

  /** Sorts, and leaves equal places in their order. */
  private static List<Place> sorted(List<Keyed> keyed, Comparator<Keyed> by) {
    return keyed.stream().sorted(by).map(Keyed::place).toList();
  }

  private static String boot(Order order) {
    return order.sinceBoot().map(BootTime::bootId).orElse("");
  }

  private static Duration uptime(Order order) {
    return order.sinceBoot().map(BootTime::uptime).orElse(Duration.ZERO);
  }

  private static long nanos(Order order) {
    return order.sinceBoot().map(BootTime::nanos).orElse(0L);
  }
}
