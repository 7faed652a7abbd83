package dev.stretcher.cli.invocation;

import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.text.NativeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The directory with the agent's memory from one deploy to the next. */
final class StateDirectory {
  private StateDirectory() {}

  /**
   * Returns the ledger; empty if the operator wants none, or if nobody named a directory and the
   * user has no place for one.
   */
  static Optional<Ledger> ledger(Options options, Map<String, String> environment) {
    if (options.isSet(AgentSettings.STATE_DIR)) {
      return Optional.of(options.get(AgentSettings.STATE_DIR))
          .filter(name -> !name.isEmpty())
          .map(NativeText::path)
          .map(Ledger::in);
    }
    return standard(environment).filter(StateDirectory::canBeMade).map(Ledger::in);
  }

  /** Returns where the ledger is if no one says where. */
  static Optional<Path> standard(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (state.startsWith("/")) {
      return Optional.of(NativeText.path(state).resolve("stretcher"));
    }
    if (System.getProperty("user.name").equals("root")) {
      return Optional.of(Path.of("/var/lib/stretcher"));
    }
    return home.startsWith("/")
        ? Optional.of(NativeText.path(home).resolve(".local/state/stretcher"))
        : Optional.empty();
  }

  /** Tells whether the directory exists or could be made: not every user has a place for it. */
  private static boolean canBeMade(Path directory) {
    Path above = directory;
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    return above != null && Files.isDirectory(above) && Files.isWritable(above);
  }
}
