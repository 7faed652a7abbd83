package dev.stretcher.cli.fleet;

import dev.stretcher.cli.print.Columns;
import dev.stretcher.cli.print.LocalTime;
import dev.stretcher.cli.rollout.RulesText;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An app of a fleet: a line that says what is desired and how many have it, and a line for each
 * host in columns. Its lines fit a terminal, so that reasons of failures lose their ends.
 *
 * @param width how many columns a line may have
 */
record StatusTable(FleetStatus status, int width) {
  private static final List<String> HEADING =
      List.of("host", "state", "live", "since", "took", "what");
  private static final String INDENT = "  ";

  /** What is not known. */
  private static final String UNKNOWN = "-";

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(Columns.cut(heading(), width));
    lines.addAll(hosts());
    return lines;
  }

  /** Returns the lines of the hosts, with a heading if there are any. */
  List<String> hosts() {
    List<String> lines = new ArrayList<>();
    if (!status.hosts().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(HEADING);
      for (HostReport host : status.hosts()) {
        rows.add(row(host));
      }
      for (String line : Columns.lines(rows)) {
        lines.add(Columns.cut(INDENT + line, width));
      }
    }
    return lines;
  }

  private String heading() {
    String app = status.app().value();
    if (status.desired().isEmpty()) {
      return app + ": nothing is desired";
    }
    DesiredState desired = status.desired().get();
    String by = desired.by().isEmpty() ? "" : " by " + Printable.of(desired.by());
    return "%s: %s, generation %s, since %s%s: %s%s"
        .formatted(
            app,
            desired.id(),
            Long.toString(desired.generation()),
            LocalTime.toSeconds(desired.at()),
            by,
            Tally.of(status).text(),
            RulesText.of(desired.rules()).map(rules -> "; " + rules).orElse(""));
  }

  private List<String> row(HostReport host) {
    String node = Printable.of(host.node());
    String away = host.alive() ? "" : "not alive";
    if (host.status().isEmpty()) {
      String silent =
          host.problem()
              .map(problem -> "what it said cannot be read: " + Printable.of(problem))
              .orElse("did not report");
      String what = joined(away, silent);
      return List.of(node, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, what);
    }
    HostStatus said = host.status().get();
    return List.of(
        node,
        said.state().label(),
        said.live().map(Printable::of).orElse(UNKNOWN),
        LocalTime.toSeconds(said.since()),
        said.seconds() > 0 ? String.format(Locale.ROOT, "%.1f s", said.seconds()) : UNKNOWN,
        joined(away, what(said)));
  }

  /** Returns what a host works on and where it is, or why it failed. */
  private String what(HostStatus said) {
    String stage = said.stage().map(Printable::of).orElse("");
    if (said.error().isPresent()) {
      String error = Printable.of(said.error().get());
      return stage.isEmpty() ? error : stage + ": " + error;
    }
    boolean other = said.id().isPresent() && !said.id().equals(said.live());
    return joined(other ? Printable.of(said.id().get()) : "", stage);
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
  }
}
