package dev.stretcher.fleet;

import dev.stretcher.json.JsonFields;
import dev.stretcher.json.JsonLine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What one host says of one app. Immutable.
 *
 * @param node the host
 * @param app the app
 * @param generation which desired state it works on, or has; 0 for none
 * @param id the ID of that
 * @param state what it does
 * @param live the ID that is live, as this host has measured it; of a manifest that was never
 *     desired here, the beginning of its digest
 * @param since when {@code state} began
 * @param stage the step that it is in, or failed in
 * @param error why it failed, without secrets
 * @param seconds how long the last deploy took
 * @param bytes how many bytes the last deploy fetched
 * @param agent the version of its agent
 */
public record HostStatus(
    String node,
    AppName app,
    long generation,
    Optional<String> id,
    HostState state,
    Optional<String> live,
    Instant since,
    Optional<String> stage,
    Optional<String> error,
    double seconds,
    long bytes,
    String agent) {
  /** The most bytes that {@link #json} may have. */
  public static final int MAX_BYTES = 2048;

  /** Later versions may say more, but not so much that it floods who looks at the fleet. */
  private static final int LONGEST = 4 * MAX_BYTES;

  private static final int VERSION = 1;
  private static final int LONGEST_ERROR = 800;
  private static final double MILLIS = 1000;

  /** Returns a text that is short enough to be an {@code error}. */
  public static String shortened(String error) {
    return error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) + "..." : error;
  }

  /**
   * Reads a value of {@link FleetKeys#host}.
   *
   * @throws MalformedValueException if the text is not one, or has a state that is not known here
   */
  public static HostStatus parse(String text) throws MalformedValueException {
    if (text.length() > LONGEST) {
      throw new MalformedValueException("it is larger than " + LONGEST + " bytes");
    }
    try {
      JsonFields fields = JsonFields.parse(text);
      return new HostStatus(
          fields.require("node"),
          new AppName(fields.require("app")),
          fields.requireNumber("generation"),
          fields.get("id"),
          state(fields.require("state")),
          fields.get("live"),
          Instant.parse(fields.require("since")),
          fields.get("stage"),
          fields.get("error"),
          fields.requireNumber("millis") / MILLIS,
          fields.requireNumber("bytes"),
          fields.get("agent").orElse(""));
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw new MalformedValueException(String.valueOf(e.getMessage()));
    }
  }

  /** Returns it with another ID that is live. */
  public HostStatus withLive(Optional<String> newer) {
    return new HostStatus(
        node, app, generation, id, state, newer, since, stage, error, seconds, bytes, agent);
  }

  /** Returns it with another text of why it failed, or without one. */
  public HostStatus withError(Optional<String> newer) {
    return new HostStatus(
        node, app, generation, id, state, live, since, stage, newer, seconds, bytes, agent);
  }

  private static HostState state(String label) throws MalformedValueException {
    return HostState.of(label)
        .orElseThrow(
            () -> new MalformedValueException("'" + label + "' is no state that is known here"));
  }

  /** Returns the value of {@link FleetKeys#host}. */
  public String json() {
    return new JsonLine()
        .put("v", VERSION)
        .put("node", node)
        .put("app", app.value())
        .put("generation", generation)
        .put("id", id)
        .put("state", state.label())
        .put("live", live)
        .put("since", since.toString())
        .put("stage", stage)
        .put("error", error)
        .put("millis", Math.round(seconds * MILLIS))
        .put("bytes", bytes)
        .put("agent", agent)
        .toString();
  }
}
