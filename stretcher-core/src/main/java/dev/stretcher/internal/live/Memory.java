package dev.stretcher.internal.live;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.json.JsonFields;
import dev.stretcher.json.JsonLine;
import java.io.IOException;
import java.util.Optional;

/**
 * What an agent remembers of an app from one start to the next. Immutable.
 *
 * @param desired what was desired last
 * @param dest the directory that the app was deployed to last, as its manifest names it
 * @param release the release that was live there then, if its syncer keeps releases
 * @param live the digest of the manifest that was live after {@code asOf}; empty if that is not
 *     known, as dest may have parts of several
 * @param asOf the ID of the deploy that the ledger had last then
 * @param step how far a deploy of {@code desired} has come that has not ended
 * @param outcome how the last deploy of {@code desired} ended, or that it waits to try again
 * @param error why it failed, or waits
 * @param names the IDs of manifests
 */
public record Memory(
    Optional<DesiredState> desired,
    Optional<String> dest,
    Optional<String> release,
    Optional<String> live,
    Optional<String> asOf,
    Step step,
    Optional<HostState> outcome,
    Optional<String> error,
    VersionNames names) {
  /** What an agent remembers that has never run. */
  public static final Memory NOTHING =
      new Memory(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Step.NONE,
          Optional.empty(),
          Optional.empty(),
          VersionNames.NONE);

  private static final int VERSION = 1;
  private static final int SHORT = 12;

  /** How far a deploy has come. */
  public enum Step {
    /** No deploy runs. */
    NONE,
    /** One has begun; dest may be changed. */
    BEGUN,
    /** Dest is as desired, and commands may be running. */
    SYNCED
  }

  /** Returns it with something else that is desired; what a deploy left half done stays so. */
  public Memory withDesired(DesiredState newer) {
    boolean goesOn = desired.isPresent() && newer.continues(desired.get());
    return new Memory(
        Optional.of(newer),
        dest,
        release,
        live,
        asOf,
        step == Step.NONE ? Step.NONE : Step.BEGUN,
        goesOn ? outcome : Optional.empty(),
        goesOn ? error : Optional.empty(),
        names.with(newer.pin().hex(), newer.id()));
  }

  /** Tells whether a deploy of what is desired has failed. */
  public boolean hasFailed() {
    return outcome.equals(Optional.of(HostState.FAILED))
        || outcome.equals(Optional.of(HostState.ROLLED_BACK));
  }

  /** Returns it without what is desired, of which nothing counts. */
  public Memory withoutDesired() {
    return new Memory(
        Optional.empty(),
        dest,
        release,
        live,
        asOf,
        step == Step.NONE ? Step.NONE : Step.BEGUN,
        Optional.empty(),
        Optional.empty(),
        names);
  }

  /** Returns it with another step of the deploy. */
  public Memory withStep(Step newer) {
    return new Memory(desired, dest, release, live, asOf, newer, outcome, error, names);
  }

  /** Returns it with what was measured after a deploy, or without one. */
  public Memory withLive(Live measured) {
    return new Memory(
        desired,
        measured.dest(),
        measured.release(),
        measured.digest(),
        measured.asOf(),
        Step.NONE,
        outcome,
        error,
        names);
  }

  /** Returns it with the end of a deploy of what is desired. */
  public Memory withOutcome(HostState state, Optional<String> newError) {
    return new Memory(
        desired, dest, release, live, asOf, step, Optional.of(state), newError, names);
  }

  /** Returns the ID that is live; of a manifest that was never desired, a part of its digest. */
  public Optional<String> liveId() {
    return live.map(
        digest ->
            names
                .of(digest)
                .orElse("sha256:" + digest.substring(0, Math.min(SHORT, digest.length()))));
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @throws MalformedValueException if the text is something else
   */
  public static Memory parse(String text) throws MalformedValueException {
    try {
      JsonFields fields = JsonFields.parse(text);
      if (fields.requireNumber("v") > VERSION) {
        throw new IOException("a later version has written it");
      }
      Optional<String> desired = fields.get("desired");
      return new Memory(
          desired.isPresent() ? Optional.of(DesiredState.parse(desired.get())) : Optional.empty(),
          fields.get("dest"),
          fields.get("release"),
          fields.get("live"),
          fields.get("asof"),
          Step.valueOf(fields.require("step")),
          fields.get("outcome").flatMap(HostState::of),
          fields.get("error"),
          VersionNames.parse(fields.get("names").orElse("")));
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedValueException(String.valueOf(e.getMessage()));
    }
  }

  /** Returns it as a line of JSON. */
  public String json() {
    return new JsonLine()
        .put("v", VERSION)
        .put("desired", desired.map(DesiredState::json))
        .put("dest", dest)
        .put("release", release)
        .put("live", live)
        .put("asof", asOf)
        .put("step", step.name())
        .put("outcome", outcome.map(HostState::label))
        .put("error", error)
        .put("names", names.text())
        .toString();
  }
}
