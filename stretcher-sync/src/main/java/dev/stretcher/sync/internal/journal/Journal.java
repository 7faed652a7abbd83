package dev.stretcher.sync.internal.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal of a dest says. Immutable.
 *
 * @param missing whether there is none, or nothing in it
 * @param damaged how many lines say nothing that can be read
 * @param whole the bytes up to the end of the last line that was written to its end
 * @param entries what each line says
 * @param byId the last word of each release, in the order in which deploys made them live, or else
 *     made them; of those that are gone as well
 */
public record Journal(
    boolean missing,
    int damaged,
    long whole,
    List<JournalEntry> entries,
    Map<String, JournalEntry> byId) {
  private static final int MANY = 1000;

  private static final Journal NONE = new Journal(true, 0, 0, List.of(), Map.of());

  /** Returns what is known where there is no journal. */
  public static Journal none() {
    return NONE;
  }

  static Journal of(List<JournalEntry> entries, int damaged, long whole) {
    Map<String, JournalEntry> byId = new LinkedHashMap<>();
    for (JournalEntry entry : entries) {
      JournalEntry before = byId.get(entry.id());
      boolean again = before != null && before.mark() != Mark.GONE;
      if (!again || entry.isLiveByDeploy()) {
        // That is its place in the order.
        byId.remove(entry.id());
      }
      byId.put(entry.id(), before != null && again ? entry.after(before) : entry);
    }
    return new Journal(false, damaged, whole, entries, byId);
  }

  /** Returns the releases that are not gone, in the order of {@link #byId}. */
  public List<JournalEntry> releases() {
    List<JournalEntry> present = new ArrayList<>(byId.size());
    for (JournalEntry entry : byId.values()) {
      if (entry.mark() != Mark.GONE) {
        present.add(entry);
      }
    }
    return present;
  }

  /** Returns a release that is not gone. */
  public Optional<JournalEntry> release(String id) {
    return Optional.ofNullable(byId.get(id)).filter(entry -> entry.mark() != Mark.GONE);
  }

  /** Tells whether it knows all releases that were ever made: then nothing else belongs there. */
  public boolean isComplete() {
    return !missing && damaged == 0;
  }

  /** Returns this journal as it is with more lines, which are not in the file. */
  public Journal with(List<JournalEntry> more) {
    return more.isEmpty() ? this : longer(more, whole);
  }

  Journal longer(List<JournalEntry> more, long end) {
    List<JournalEntry> all = new ArrayList<>(entries);
    all.addAll(more);
    Journal joined = of(all, damaged, end);
    return new Journal(missing, damaged, end, all, joined.byId());
  }

  /** Tells whether most lines are about releases that are gone, or there are a great many. */
  boolean isMostlyGone() {
    int gone = 0;
    for (JournalEntry entry : entries) {
      if (release(entry.id()).isEmpty()) {
        gone++;
      }
    }
    return isComplete() && (2 * gone > entries.size() || entries.size() > MANY);
  }
}
