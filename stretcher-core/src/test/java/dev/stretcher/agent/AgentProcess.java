package dev.stretcher.agent;

import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Stores;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** An agent of the app {@code shop} in a process of its own, which a test kills. */
final class AgentProcess {
  private AgentProcess() {}

  /**
   * Runs it.
   *
   * @param arguments the store, the state directory and the temporary directory
   */
  public static void main(String[] arguments) throws Exception {
    try (KeyValueStore store =
        Stores.open(URI.create(arguments[0]), Map.of(), AgentProcess.class.getClassLoader())) {
      agent(store, Path.of(arguments[1]), Path.of(arguments[2])).run();
    }
  }

  /** Starts it. */
  static Process start(URI store, Path state, Path temporary) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AgentProcess.class.getName(),
            store.toString(),
            state.toString(),
            temporary.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static HostAgent agent(KeyValueStore store, Path state, Path temporary) {
    Deployer deployer =
        (app, listener) ->
            Stretcher.builder()
                .source(new LocalFiles())
                .syncer(new SwapSyncer())
                .ledger(Ledger.in(state))
                .options(Options.DEFAULT.with(Settings.SYNC_STRATEGY, "swap"))
                .listener(listener)
                .temporaryDirectory(temporary)
                .build();
    return HostAgent.builder(store, "web1", Set.of(new AppName("shop")), deployer, state).build();
  }
}
