package dev.stretcher.cli.fleet;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.MaxParallel;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.fleet.Standing;
import dev.stretcher.json.JsonLine;
import dev.stretcher.text.RedactedUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An app of a fleet as lines of JSON: one of the app, and one of each host, which has a node. */
public final class StatusJson {
  private static final double MILLIS = 1000;

  private static final String AT = ",\"at\":\"";

  private StatusJson() {}

  /** Returns what a line says, without when it was asked. */
  static String withoutTime(String line) {
    int at = line.lastIndexOf(AT);
    return at < 0 ? line : line.substring(0, at);
  }

  static List<String> lines(FleetStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(app(status).put("at", status.at().toString()).toString());
    for (HostReport host : status.hosts()) {
      lines.add(host(status, host).toString());
    }
    return lines;
  }

  /** Returns what the line of the app has, without its time. */
  public static JsonLine app(FleetStatus status) {
    JsonLine json = new JsonLine().put("app", status.app().value());
    if (status.desired().isPresent()) {
      DesiredState desired = status.desired().get();
      json.put("generation", desired.generation())
          .put("id", desired.id())
          .put("manifest", manifest(desired))
          .put("previous", desired.previous())
          .put("by", desired.by())
          .put("since", desired.at().toString());
      rules(json, desired.rules());
    }
    Tally tally = Tally.of(status);
    return json.put("hosts", tally.hosts())
        .put("live", tally.live())
        .put("failed", tally.failed())
        .put("held", tally.held())
        .put("silent", tally.silent());
  }

  private static void rules(JsonLine json, RolloutRules rules) {
    if (!rules.isFree()) {
      json.put("canary", rules.canary())
          .put("max_parallel", rules.maxParallel().map(MaxParallel::toString))
          .put("on_failure", rules.onFailure().label())
          .put("paused", rules.isPaused());
      rules.maxFailures().ifPresent(most -> json.put("max_failures", most));
    }
  }

  /** Logs of builds have these lines, and a URL may have a password or a signature. */
  private static String manifest(DesiredState desired) {
    return RedactedUri.of(desired.manifest()) + "#sha256=" + desired.pin().hex();
  }

  /** Returns what the line of a host has. */
  public static JsonLine host(FleetStatus status, HostReport host) {
    JsonLine json =
        new JsonLine()
            .put("app", status.app().value())
            .put("node", host.node())
            .put("alive", host.alive())
            .put("problem", host.problem());
    Optional<HostStatus> said = host.status();
    if (said.isPresent()) {
      json.put("state", said.get().state().label())
          .put("generation", said.get().generation())
          .put("id", said.get().id())
          .put("live", said.get().live())
          .put("has", host.standing(status.desired()) == Standing.LIVE)
          .put("since", said.get().since().toString())
          .put("stage", said.get().stage())
          .put("error", said.get().error())
          .put("millis", Math.round(said.get().seconds() * MILLIS))
          .put("bytes", said.get().bytes())
          .put("agent", said.get().agent());
    }
    return json;
  }
}
