package dev.stretcher.cli.fleet;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.http.HttpPort;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Keeps the apps of this host at their desired state. */
public final class ResidentCommand implements Command {
  static final Setting<String> EVENT =
      CommandFlag.text(
          "event",
          "NAME",
          "Also deploy what Consul's events of this name say, as under consul watch.");

  static final Setting<String> LISTEN =
      CommandFlag.text("listen", "[HOST:]PORT", "Answer /metrics and /healthz there over HTTP.");

  static final Setting<Boolean> ONCE =
      CommandFlag.onOff("once", "Bring the apps to their desired state once, and end.");

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String summary() {
    return "Keeps apps of this host at their desired state.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(FleetSettings.STORE, FleetSettings.APP, FleetSettings.NODE, EVENT, LISTEN, ONCE);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Keep two apps at what Consul says.",
            "stretcher agent --store consul://127.0.0.1:8500 --app shop --app blog"),
        new Example("Bring a new host to its desired state, and end.", "stretcher agent --once"));
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    Options options = invocation.options();
    boolean once = options.get(ONCE);
    if (once && (options.isSet(EVENT) || options.isSet(LISTEN))) {
      throw new UsageException("--once takes neither --event nor --listen");
    }
    Optional<InetSocketAddress> listen =
        options.get(LISTEN).isEmpty()
            ? Optional.empty()
            : Optional.of(HttpPort.address(options.get(LISTEN)));
    Resident resident = Resident.of(invocation);
    return once ? resident.once() : resident.run(listen);
  }
}
