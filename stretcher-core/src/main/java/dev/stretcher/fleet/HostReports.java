package dev.stretcher.fleet;

import dev.stretcher.store.KeyValue;
import dev.stretcher.store.Listing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What hosts say of an app. What one says again is not parsed again. Thread-safe. */
final class HostReports {
  private final AppName app;
  private Map<String, Known> known = Map.of();

  /** What a host said, and what that means. */
  private record Known(String text, HostReport report) {}

  HostReports(AppName app) {
    this.app = app;
  }

  /** Returns the reports of a listing that is looked at once. */
  static Map<String, HostReport> of(Listing hosts, AppName app) {
    return new HostReports(app).read(hosts);
  }

  /**
   * Returns the reports by the names of the hosts.
   *
   * @param hosts the keys below {@link FleetKeys#HOSTS}
   */
  synchronized Map<String, HostReport> read(Listing hosts) {
    Map<String, HostReport> reports = new TreeMap<>();
    Map<String, Known> read = new HashMap<>();
    String end = "/" + app;
    for (KeyValue entry : hosts.entries()) {
      String key = entry.key();
      if (key.endsWith(end) && key.length() > FleetKeys.HOSTS.length() + end.length()) {
        String node = key.substring(FleetKeys.HOSTS.length(), key.length() - end.length());
        if (node.indexOf('/') < 0) {
          Known now = known(node, entry.value());
          read.put(node, now);
          reports.put(node, now.report());
        }
      }
    }
    known = read;
    return reports;
  }

  private Known known(String node, String text) {
    Known before = known.get(node);
    return before != null && before.text().equals(text)
        ? before
        : new Known(text, report(node, text));
  }

  private HostReport report(String node, String text) {
    try {
      HostStatus status = HostStatus.parse(text);
      if (!status.node().equals(node) || !status.app().equals(app)) {
        throw new MalformedValueException(
            "it is of the app %s on %s".formatted(status.app(), status.node()));
      }
      return new HostReport(node, Optional.of(status), true);
    } catch (MalformedValueException e) {
      return new HostReport(
          node, Optional.empty(), true, Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
