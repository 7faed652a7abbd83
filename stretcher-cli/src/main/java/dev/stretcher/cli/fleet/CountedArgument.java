package dev.stretcher.cli.fleet;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.fleet.Counted;
import dev.stretcher.option.Options;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which hosts count, as the flags say. */
public final class CountedArgument {
  private CountedArgument() {}

  /** Returns which hosts count. */
  public static Counted of(Options options) throws UsageException {
    Set<String> nodes = new LinkedHashSet<>();
    for (String names : options.get(FleetSettings.NODES)) {
      for (String name : names.split(",")) {
        if (!name.isBlank()) {
          nodes.add(name.strip());
        }
      }
    }
    String service = options.get(FleetSettings.SERVICE);
    if (options.isSet(FleetSettings.NODES) && nodes.isEmpty()) {
      // Such as of a variable of a script that has no value.
      throw new UsageException("--nodes is empty; expected the names of hosts");
    }
    if (!nodes.isEmpty() && !service.isEmpty()) {
      throw new UsageException("--nodes and --service exclude each other");
    }
    return nodes.isEmpty()
        ? service.isEmpty() ? new Counted.Reporting() : new Counted.Having(service)
        : new Counted.Named(nodes);
  }
}
