package dev.stretcher.internal.release;

import dev.stretcher.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds releases in a list of them, in the order in which deploys made them live. */
final class Releases {
  private Releases() {}

  static Optional<Release> live(List<Release> all) {
    return all.stream().filter(Release::live).findFirst();
  }

  static Optional<Release> named(List<Release> all, String id) {
    return all.stream().filter(release -> release.id().equals(id)).findFirst();
  }

  /** Returns the good ones that were made live before another, the last one first. */
  static List<Release> goodBefore(List<Release> all, Release other) {
    List<Release> good = new ArrayList<>();
    for (Release each : all) {
      if (each.id().equals(other.id())) {
        break;
      }
      if (each.state() == Release.State.GOOD) {
        good.add(0, each);
      }
    }
    return good;
  }

  /**
   * Returns where a deploy goes back to: first what was live before it, if that was good, then the
   * good ones that were made live before.
   *
   * @param left what the deploy has made live
   */
  static List<Release> waysBack(List<Release> all, Release left, Optional<String> previous) {
    List<Release> ways = new ArrayList<>(goodBefore(all, left));
    previous
        .filter(id -> !id.equals(left.id()))
        .flatMap(id -> named(all, id))
        .filter(release -> release.state() == Release.State.GOOD)
        .ifPresent(
            release -> {
              ways.removeIf(each -> each.id().equals(release.id()));
              ways.add(0, release);
            });
    return ways;
  }

  /** Tells whether a rollback may lead to a release if it is named. */
  static boolean isAcceptable(Release release) {
    return release.proven() || release.state() == Release.State.ADOPTED;
  }

  /** Returns the best one that is not live and to which a rollback may lead if it is named. */
  static Optional<Release> acceptable(List<Release> all) {
    return last(all, release -> release.state() == Release.State.GOOD)
        .or(() -> last(all, Release::proven))
        .or(() -> last(all, Releases::isAcceptable));
  }

  private static Optional<Release> last(List<Release> all, Predicate<Release> wanted) {
    return all.stream()
        .filter(release -> !release.live() && wanted.test(release))
        .reduce((before, last) -> last);
  }

  /** Returns them for people, such as {@code 1 (good), 2 (bad, live)}. */
  static String text(List<Release> all) {
    List<String> texts = new ArrayList<>();
    for (Release each : all) {
      boolean left = each.proven() && each.state() == Release.State.BAD;
      String state = each.state().label() + (left ? ", was good" : "");
      boolean told = each.live() && each.state() != Release.State.LIVE;
      texts.add(each.id() + " (" + state + (told ? ", live" : "") + ")");
    }
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }
}
