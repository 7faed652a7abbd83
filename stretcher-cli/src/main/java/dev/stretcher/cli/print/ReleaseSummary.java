package dev.stretcher.cli.print;

import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says in one line what is live, and where a rollback leads: what one has to know in the night. */
public final class ReleaseSummary {
  private ReleaseSummary() {}

  /**
   * Returns the line.
   *
   * @param dest as the manifest names it
   * @param releases in the order in which deploys made them live
   */
  public static String of(Path dest, List<Release> releases) {
    String name = Printable.of(dest);
    for (int i = 0; i < releases.size(); i++) {
      Release live = releases.get(i);
      if (live.live()) {
        return "%s: %s is live%s; %s"
            .formatted(
                name,
                Printable.of(live.id()),
                condition(live.state()),
                wayBack(name, releases.subList(0, i), releases.subList(i + 1, releases.size())));
      }
    }
    return "%s: no release is live; %s"
        .formatted(name, named(name, releases, List.of()).orElse("deploy a manifest"));
  }

  private static String condition(State state) {
    return switch (state) {
      case GOOD -> " and good";
      case BAD -> " and bad";
      case PREPARED, LIVE ->
          ", and its post and health commands have not passed: a deploy is running, or was ended";
      case ADOPTED -> ", and another tool has made it";
      case UNKNOWN -> ", and it is not known whether it is good, since its journal is gone";
    };
  }

  /** Says where a rollback leads, from a release between these. */
  private static String wayBack(String dest, List<Release> before, List<Release> after) {
    Optional<Release> good = newest(before, State.GOOD);
    if (good.isPresent()) {
      return "stretcher rollback %s goes back to %s".formatted(dest, Printable.of(good.get().id()));
    }
    return named(dest, after, before)
        .map(way -> "no good release was made live before it; " + way)
        .orElse("there is no release to go back to");
  }

  /** Says which release has to be named: first one that is good, then one that was so. */
  private static Optional<String> named(String dest, List<Release> after, List<Release> before) {
    return newest(after, State.GOOD)
        .or(() -> newest(after, Release::proven))
        .or(() -> newest(before, Release::proven))
        .or(() -> newest(before, State.ADOPTED))
        .or(() -> newest(after, State.ADOPTED))
        .map(
            other ->
                "stretcher rollback --to %s %s leads to one that %s"
                    .formatted(Printable.of(other.id()), dest, condition(other)));
  }

  private static String condition(Release release) {
    return release.state() == State.BAD ? "was good" : "is " + release.state().label();
  }

  private static Optional<Release> newest(List<Release> releases, State state) {
    return newest(releases, release -> release.state() == state);
  }

  private static Optional<Release> newest(List<Release> releases, Predicate<Release> wanted) {
    return releases.stream().filter(wanted).reduce((before, last) -> last);
  }
}
