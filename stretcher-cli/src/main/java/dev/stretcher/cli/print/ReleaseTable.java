package dev.stretcher.cli.print;

import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Releases in columns, a line for each: which one is live, the ID, the state and since when it has
 * it, when it was made, its size, and who uses it.
 *
 * @param releases in the order of the lines
 */
public record ReleaseTable(List<ListedRelease> releases) {
  private static final List<String> HEADING =
      List.of("", "release", "state", "since", "made", "size", "used by");

  /** What is not known. */
  private static final String UNKNOWN = "-";

  /** How many processes of a release are named; some have hundreds. */
  private static final int MOST_PROCESSES = 3;

  /** Returns its lines, the first of which is a heading. */
  public List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADING);
    for (ListedRelease each : releases) {
      rows.add(row(each));
    }
    return Columns.lines(rows);
  }

  private static List<String> row(ListedRelease listed) {
    return List.of(
        listed.release().live() ? "live" : "",
        Printable.of(listed.release().id()),
        state(listed.release()),
        LocalTime.toMinutes(listed.release().since()),
        listed.release().origin().map(NewRelease::made).map(LocalTime::toMinutes).orElse(UNKNOWN),
        listed.use().map(ReleaseUse::bytes).map(ByteSize::format).orElse(UNKNOWN),
        listed.use().map(ReleaseTable::processes).orElse(UNKNOWN));
  }

  private static String state(Release release) {
    boolean left = release.state() == Release.State.BAD && release.proven();
    return left ? "bad, was good" : release.state().label();
  }

  private static String processes(ReleaseUse use) {
    List<String> all = use.processes();
    if (all.isEmpty()) {
      return UNKNOWN;
    }
    int named = all.size() <= MOST_PROCESSES ? all.size() : MOST_PROCESSES - 1;
    String text = Printable.of(String.join(", ", all.subList(0, named)));
    return named == all.size() ? text : text + " and " + (all.size() - named) + " more";
  }
}
