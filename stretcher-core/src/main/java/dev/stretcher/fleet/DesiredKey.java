package dev.stretcher.fleet;

import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The key of what is desired, as it was read.
 *
 * @param version of the key, for the condition of a write
 */
record DesiredKey(DesiredState state, long version) {
  static Optional<DesiredKey> read(KeyValueStore store, AppName app)
      throws MalformedValueException, IOException, InterruptedException {
    String key = FleetKeys.desired(app);
    Optional<KeyValue> found = store.get(key);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new DesiredKey(parse(key, app, found.get().value()), found.get().version()));
  }

  private static DesiredState parse(String key, AppName app, String text)
      throws MalformedValueException {
    try {
      DesiredState state = DesiredState.parse(text);
      if (!state.app().equals(app)) {
        throw new MalformedValueException("it is of the app " + state.app());
      }
      return state;
    } catch (MalformedValueException e) {
      throw new MalformedValueException(
          "the key %s has no desired state that is known here: %s".formatted(key, e.getMessage()));
    }
  }
}
