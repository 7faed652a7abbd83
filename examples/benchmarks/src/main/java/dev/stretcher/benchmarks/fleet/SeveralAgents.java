package dev.stretcher.benchmarks.fleet;

import dev.stretcher.Stretcher;
import dev.stretcher.agent.AlreadyRunningException;
import dev.stretcher.agent.HostAgent;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Stores;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.process.Background;
import dev.stretcher.report.DeployListener;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Several agents in one JVM, each as a host of its own, until STDIN ends. */
public final class SeveralAgents {
  private final URI store;
  private final Path directory;

  private SeveralAgents(URI store, Path directory) {
    this.store = store;
    this.directory = directory;
  }

  /**
   * Runs them.
   *
   * @param args the store, the directory below which each has its state and its dest, the number of
   *     the first one and of the one behind the last; manifests know the dest by {@code DEST}
   */
  public static void main(String[] args) throws Exception {
    SeveralAgents agents = new SeveralAgents(URI.create(args[0]), Path.of(args[1]));
    List<Background<?, ?>> running = new ArrayList<>();
    for (int i = Integer.parseInt(args[2]); i < Integer.parseInt(args[3]); i++) {
      String node = node(i);
      running.add(Background.start(node, () -> agents.run(node)));
    }
    System.in.transferTo(OutputStream.nullOutputStream());
    running.forEach(Background::close);
  }

  /** Returns the name of a host. */
  static String node(int number) {
    return "host-" + number;
  }

  private Path run(String node) throws IOException, AlreadyRunningException, InterruptedException {
    Path own = directory.resolve(node);
    try (KeyValueStore opened =
        Stores.open(store, System.getenv(), SeveralAgents.class.getClassLoader())) {
      HostAgent.builder(
              opened,
              node,
              Set.of(PublishToLive.APP),
              (app, listener) -> library(app, own, listener),
              own.resolve("state"))
          .build()
          .run();
      return own;
    }
  }

  private static Stretcher library(AppName app, Path own, DeployListener listener) {
    return Stretcher.builder()
        .environment(Map.of("DEST", own.resolve(app.value()).toString()))
        .ledger(Ledger.in(own.resolve("state")))
        .listener(listener)
        .build();
  }
}
