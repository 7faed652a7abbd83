package dev.stretcher.cli.fleet;

import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.Standing;

/**
 * How many hosts have what is desired.
 *
 * @param hosts those that count
 * @param live those that have it
 * @param failed those where it failed
 * @param held those that do not go on, since others failed
 * @param silent those that did not report, or are not alive
 */
record Tally(int hosts, int live, int failed, int held, int silent) {
  static Tally of(FleetStatus status) {
    return new Tally(
        status.hosts().size(),
        status.of(Standing.LIVE).size(),
        status.of(Standing.FAILED).size(),
        status.of(Standing.HELD).size(),
        status.of(Standing.SILENT).size());
  }

  /** Returns it in words, such as {@code 297 of 300 hosts have it, 1 failed}. */
  String text() {
    if (hosts == 0) {
      return "no host counts yet";
    }
    StringBuilder text = new StringBuilder().append(live).append(" of ").append(hosts);
    text.append(hosts == 1 ? " host has it" : " hosts have it");
    add(text, failed, " failed");
    add(text, held, " held");
    add(text, hosts - live - failed - held - silent, " on the way");
    add(text, silent, " silent");
    return text.toString();
  }

  private static void add(StringBuilder text, int count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(what);
    }
  }
}
