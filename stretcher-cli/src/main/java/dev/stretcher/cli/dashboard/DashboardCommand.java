package dev.stretcher.cli.dashboard;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.fleet.CountedArgument;
import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.http.HttpPort;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.fleet.Counted;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Shows a fleet as a page, until it is ended. */
public final class DashboardCommand implements Command {
  private static final Setting<String> LISTEN =
      CommandFlag.of(
          "listen",
          Kinds.name("[HOST:]PORT", ""),
          "127.0.0.1:8790",
          "Show the page there over HTTP.");

  @Override
  public String name() {
    return "dashboard";
  }

  @Override
  public String summary() {
    return "Shows a fleet as a page in the browser.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(FleetSettings.STORE, FleetSettings.NODES, FleetSettings.SERVICE, LISTEN);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Show the fleet at http://127.0.0.1:8790.",
            "stretcher dashboard --store consul://127.0.0.1:8500"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    Counted who = CountedArgument.of(invocation.options());
    InetSocketAddress listen = HttpPort.address(invocation.options().get(LISTEN));
    try (KeyValueStore store = StoreArgument.open(StoreArgument.address(invocation), invocation)) {
      if (who instanceof Counted.Having && store.membership().isEmpty()) {
        throw new UsageException(
            store.name() + " does not know who has a service; name the hosts by --nodes");
      }
      show(invocation, store, who, listen);
      return 0;
    } catch (IOException e) {
      return StoreArgument.complain(invocation, 1, String.valueOf(e.getMessage()));
    }
  }

  private static void show(
      Invocation invocation, KeyValueStore store, Counted who, InetSocketAddress listen)
      throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    try (BoardWatch watch = new BoardWatch(store, who, clock);
        DashboardPort port = DashboardPort.open(listen, store, watch, clock)) {
      watch.start();
      invocation.out().println("The dashboard is at http:/" + port.address() + "/");
      // Until a signal ends this process.
      new CountDownLatch(1).await();
    }
  }
}
