package dev.stretcher.internal.release;

import dev.stretcher.release.Accept;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which releases a rollback leaves and may lead to.
 *
 * @param from what is live; empty if the link leads to no release
 * @param to at least one, the best first
 * @param back whether they were made live before what is live, which counts as bad then; else a
 *     rollback is undone, and says nothing about what it leaves
 */
record RollbackTarget(Optional<Release> from, List<Release> to, boolean back) {
  /** Returns what is to be marked as bad. */
  Optional<Release> bad() {
    return from.filter(live -> back && live.state() != State.BAD);
  }

  /** Chooses among the releases that are there, or says why there is no way back. */
  record Choice(Path dest, List<Release> there) {
    /** Chooses the good ones before the live one. */
    RollbackTarget previous() throws SyncFailed {
      Optional<Release> live = Releases.live(there);
      if (live.isEmpty()) {
        throw refused(
            "no release of %s is live; there are: %s"
                .formatted(NativeText.text(dest), Releases.text(there)),
            other());
      }
      List<Release> good = Releases.goodBefore(there, live.get());
      if (good.isEmpty()) {
        throw refused(
            "there is no good release at %s that a deploy made live before %s, the live one; there are: %s"
                .formatted(NativeText.text(dest), live.get().id(), Releases.text(there)),
            other());
      }
      return new RollbackTarget(live, good, true);
    }

    /** Names another release as an example, if there is one. */
    private String other() {
      return Releases.acceptable(there)
          .map(release -> "name one by --to, such as --to %s, or ".formatted(release.id()))
          .orElse("")
          .concat("deploy a manifest");
    }

    /** Chooses a release that an operator names. */
    RollbackTarget named(String id, Accept accept) throws SyncFailed {
      Optional<Release> named = Releases.named(there, id);
      if (named.isEmpty()) {
        throw refused(
            "there is no release %s at %s; there are: %s"
                .formatted(Printable.of(id), NativeText.text(dest), Releases.text(there)),
            "name one of these, or deploy a manifest");
      }
      if (named.get().live()) {
        throw new SyncFailed(dest, Failure.of("release %s is already live".formatted(id)));
      }
      if (accept == Accept.GOOD && !Releases.isAcceptable(named.get())) {
        throw refused(doubt(named.get()), remedy(named.get()));
      }
      Optional<Release> live = Releases.live(there);
      boolean back = live.isPresent() && there.indexOf(named.get()) < there.indexOf(live.get());
      return new RollbackTarget(live, List.of(named.get()), back);
    }

    private static String doubt(Release release) {
      String id = release.id();
      return switch (release.state()) {
        case PREPARED -> "release %s has never been live".formatted(id);
        case UNKNOWN ->
            "it is not known whether release %s was good, since the journal that said so is gone"
                .formatted(id);
        case LIVE, GOOD, BAD, ADOPTED ->
            "release %s has never been good: its commands have not passed".formatted(id);
      };
    }

    private static String remedy(Release release) {
      boolean known = release.state() != State.UNKNOWN && release.origin().isPresent();
      String where = known ? ", " + release.origin().get().manifestUrl() : "";
      return "deploy its manifest%s, or take it all the same by --to %s --force"
          .formatted(where, release.id());
    }

    private SyncFailed refused(String what, String remedy) {
      return new SyncFailed(dest, Failure.of(what).withRemedy(remedy));
    }
  }
}
