package dev.stretcher.sync.internal.release;

import dev.stretcher.sync.internal.journal.JournalEntry;
import dev.stretcher.sync.internal.journal.Mark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says which releases stay, whoever uses them: what is live, the good one before it, some good
 * ones, the last bad one and the last prepared one.
 *
 * @param releases those that are there, in the order in which deploys made them live
 * @param live the one that the link leads to
 * @param keep how many good ones stay; one that another tool has made, or of which the journal is
 *     lost, counts as good
 */
record Retention(List<JournalEntry> releases, Optional<String> live, int keep) {
  /** Returns the releases that may go, the oldest first. */
  List<JournalEntry> superfluous() {
    Set<String> stay = new LinkedHashSet<>();
    live.ifPresent(stay::add);
    stay.addAll(last(Mark.BAD));
    stay.addAll(last(Mark.PREPARED));
    stay.addAll(goodOnes());
    stay.addAll(wayBack());
    List<JournalEntry> superfluous = new ArrayList<>();
    for (JournalEntry entry : releases) {
      if (!stay.contains(entry.id())) {
        superfluous.add(entry);
      }
    }
    return superfluous;
  }

  private List<String> last(Mark mark) {
    for (int i = releases.size() - 1; i >= 0; i--) {
      if (releases.get(i).mark() == mark) {
        return List.of(releases.get(i).id());
      }
    }
    return List.of();
  }

  private List<String> goodOnes() {
    List<String> good = new ArrayList<>();
    for (int i = releases.size() - 1; i >= 0 && good.size() < keep; i--) {
      if (isGood(releases.get(i))) {
        good.add(releases.get(i).id());
      }
    }
    return good;
  }

  /** A rollback leads to what was good by itself, and to others only if they are named. */
  private List<String> wayBack() {
    List<String> good = lastBeforeLive(entry -> entry.mark() == Mark.GOOD);
    return good.isEmpty() ? lastBeforeLive(Retention::isGood) : good;
  }

  /** If nothing is known to be live, any release may be the one that is. */
  private List<String> lastBeforeLive(Predicate<JournalEntry> wanted) {
    List<String> before = List.of();
    for (JournalEntry entry : releases) {
      if (live.isPresent() && entry.id().equals(live.get())) {
        return before;
      }
      if (wanted.test(entry)) {
        before = List.of(entry.id());
      }
    }
    return before;
  }

  private static boolean isGood(JournalEntry entry) {
    return entry.mark() == Mark.GOOD
        || entry.mark() == Mark.ADOPTED
        || entry.mark() == Mark.UNKNOWN;
  }
}
