package dev.stretcher.fleet;

import dev.stretcher.store.KeyValue;
import dev.stretcher.store.Listing;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What hosts say of an app. */
final class HostReports {
  private HostReports() {}

  /**
   * Returns the reports by the names of the hosts.
   *
   * @param hosts the keys below {@link FleetKeys#HOSTS}
   */
  static Map<String, HostReport> of(Listing hosts, AppName app) {
    Map<String, HostReport> reports = new TreeMap<>();
    String end = "/" + app;
    for (KeyValue entry : hosts.entries()) {
      String key = entry.key();
      if (key.endsWith(end) && key.length() > FleetKeys.HOSTS.length() + end.length()) {
        String node = key.substring(FleetKeys.HOSTS.length(), key.length() - end.length());
        if (node.indexOf('/') < 0) {
          reports.put(node, report(node, app, entry.value()));
        }
      }
    }
    return reports;
  }

  private static HostReport report(String node, AppName app, String text) {
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
