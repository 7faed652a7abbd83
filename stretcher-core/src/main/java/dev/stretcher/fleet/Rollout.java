package dev.stretcher.fleet;

import dev.stretcher.store.Change;
import dev.stretcher.store.Change.Condition;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes what is desired of an app.
 *
 * @param by who does this
 * @param signer signs it
 */
record Rollout(
    KeyValueStore store, AppName app, String by, Optional<DesiredSigner> signer, Clock clock) {
  private static final int MILLIS = 1000;

  DesiredState to(URI manifest, String id, RolloutRules rules)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    Optional<DesiredKey> now = DesiredKey.read(store, app);
    History history = History.of(store, app);
    history.requireOneContent(id, manifest);
    return set(now, history, manifest, id, rules);
  }

  /** Does the same if what is desired is still what the caller has seen. */
  DesiredState after(Optional<DesiredState> seen, URI manifest, String id, RolloutRules rules)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    Optional<DesiredKey> now = DesiredKey.read(store, app);
    if (!now.map(DesiredKey::state).equals(seen)) {
      throw meanwhile();
    }
    History history = History.of(store, app);
    history.requireOneContent(id, manifest);
    return set(now, history, manifest, id, rules);
  }

  /** A way back waits for nobody unless its rules say so. */
  DesiredState to(String id, RolloutRules rules)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    Optional<DesiredKey> now = DesiredKey.read(store, app);
    History history = History.of(store, app);
    DesiredState earlier =
        history
            .last(id)
            .orElseThrow(
                () ->
                    new NoSuchElementException(
                        "the history of %s does not have %s; roll out its manifest by its URL"
                            .formatted(app, id)));
    return set(now, history, earlier.manifest(), earlier.id(), rules);
  }

  /** Sets what is desired now anew, with other rules. */
  DesiredState again(Function<DesiredState, RolloutRules> rules)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    Optional<DesiredKey> now = DesiredKey.read(store, app);
    DesiredState state =
        now.map(DesiredKey::state)
            .orElseThrow(
                () -> new NoSuchElementException("nothing is desired of %s".formatted(app)));
    return set(now, History.of(store, app), state.manifest(), state.id(), rules.apply(state));
  }

  DesiredState back(RolloutRules rules)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    Optional<DesiredKey> now = DesiredKey.read(store, app);
    String before =
        now.flatMap(key -> key.state().previous())
            .orElseThrow(
                () ->
                    new NoSuchElementException("nothing was desired of %s before".formatted(app)));
    History history = History.of(store, app);
    DesiredState earlier =
        history
            .last(before)
            .orElseThrow(
                () ->
                    new NoSuchElementException(
                        "the history of %s does not have %s any more, which was desired before; roll out its manifest"
                            .formatted(app, before)));
    return set(now, history, earlier.manifest(), earlier.id(), rules);
  }

  private DesiredState set(
      Optional<DesiredKey> now, History history, URI manifest, String id, RolloutRules rules)
      throws PublishedMeanwhileException, IOException, InterruptedException {
    DesiredState unsigned =
        new DesiredState(
            app,
            history.next(store, app, now.map(DesiredKey::state)),
            id,
            manifest,
            previous(now.map(DesiredKey::state), id),
            by,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            rules,
            Optional.empty());
    DesiredState next =
        signer.isPresent() ? unsigned.signed(signer.get().sign(unsigned.signedText())) : unsigned;
    if (!write(changes(now, history, next), next)) {
      throw meanwhile();
    }
    return next;
  }

  /** What is desired anew comes after what was desired before it. */
  private static Optional<String> previous(Optional<DesiredState> now, String id) {
    Optional<String> last = now.map(DesiredState::id);
    return last.filter(id::equals).isPresent() ? now.flatMap(DesiredState::previous) : last;
  }

  private List<Change> changes(Optional<DesiredKey> now, History history, DesiredState next) {
    String text = next.json();
    Condition unchanged =
        now.isPresent() ? new Condition.At(now.get().version()) : Condition.ABSENT;
    List<Change> changes = new ArrayList<>();
    changes.add(Change.put(FleetKeys.desired(app), text, unchanged));
    changes.add(Change.put(FleetKeys.history(app, next.generation()), text));
    changes.add(Change.put(FleetKeys.manifest(app), next.manifest().toString()));
    changes.add(
        new Change.Put(
            FleetKeys.dashboardPublished(app),
            next.id(),
            next.at().getEpochSecond() * MILLIS,
            Condition.NONE));
    for (String key : history.surplus(KeyValueStore.MAX_CHANGES - changes.size())) {
      changes.add(Change.delete(key));
    }
    return changes;
  }

  /** Whether a write was done that failed, the store knows. */
  private boolean write(List<Change> changes, DesiredState next)
      throws IOException, InterruptedException {
    try {
      return store.write(changes);
    } catch (IOException e) {
      try {
        if (DesiredKey.read(store, app).map(DesiredKey::state).filter(next::equals).isPresent()) {
          return true;
        }
      } catch (IOException | MalformedValueException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private PublishedMeanwhileException meanwhile() throws IOException, InterruptedException {
    Optional<DesiredKey> theirs;
    try {
      theirs = DesiredKey.read(store, app);
    } catch (MalformedValueException e) {
      return new PublishedMeanwhileException("meanwhile " + e.getMessage());
    }
    return new PublishedMeanwhileException(
        theirs
            .map(DesiredKey::state)
            .map(
                state ->
                    "%s set %s to %s meanwhile, generation %s, at %s; if that is to be replaced, do this again"
                        .formatted(
                            state.by().isEmpty() ? "somebody" : state.by(),
                            app,
                            state.id(),
                            Long.toString(state.generation()),
                            state.at()))
            .orElseGet(
                () ->
                    "somebody removed what was desired of %s meanwhile; do this again"
                        .formatted(app)));
  }
}
