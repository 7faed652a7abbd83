package dev.stretcher.benchmarks.fleet;

import dev.stretcher.Stretcher;
import dev.stretcher.agent.AgentListener;
import dev.stretcher.agent.AlreadyRunningException;
import dev.stretcher.agent.HostAgent;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.Stores;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.process.Background;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Some hosts of a fleet in one process, each with an agent, a state directory and a connection to
 * the store of its own. Their app is a command that does nothing: what is measured is the way from
 * the store to the host and back.
 */
final class SomeHosts {
  private SomeHosts() {}

  /**
   * Runs them until STDIN ends, and prints {@code NODE GENERATION} when one is live.
   *
   * @param args the store, the app, a directory, the number of the first host, how many there are
   */
  public static void main(String[] args) throws IOException {
    int first = Integer.parseInt(args[3]);
    List<Background<Object, IOException>> agents = new ArrayList<>();
    for (int i = first; i < first + Integer.parseInt(args[4]); i++) {
      String node = "host-" + i;
      Path directory = Files.createDirectories(Path.of(args[2]).resolve(node));
      URI store = URI.create(args[0]);
      agents.add(Background.start(node, () -> keep(store, node, new AppName(args[1]), directory)));
    }
    System.in.transferTo(OutputStream.nullOutputStream());
    agents.forEach(Background::close);
  }

  private static Object keep(URI address, String node, AppName app, Path directory)
      throws IOException, InterruptedException {
    try (KeyValueStore store =
        Stores.open(address, System.getenv(), SomeHosts.class.getClassLoader())) {
      HostAgent.builder(
              store,
              node,
              Set.of(app),
              (name, listener) ->
                  Stretcher.builder()
                      .hookRunner(hook -> 0)
                      .ledger(Ledger.in(directory))
                      .listener(listener)
                      .temporaryDirectory(directory)
                      .build(),
              directory)
          .listener(new Teller())
          .build()
          .run();
      return node;
    } catch (AlreadyRunningException e) {
      throw new IOException(e);
    }
  }

  private static final class Teller implements AgentListener {
    private long told;

    @Override
    public synchronized void onStatus(HostStatus status) {
      if (status.state() == HostState.LIVE && status.generation() != told) {
        told = status.generation();
        System.out.println(status.node() + " " + told);
      }
    }

    @Override
    public void onWarning(AppName app, String message) {
      System.err.println(app + ": " + message);
    }
  }
}
