package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.EventSource;
import dev.stretcher.text.NearName;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * Reads one event, from STDIN unless a setting names an address, and deploys the manifest that it
 * names.
 */
final class AgentCommand implements Command {
  @Override
  public String name() {
    return "";
  }

  @Override
  public String summary() {
    return "Reads one event from STDIN and deploys the manifest that it names.";
  }

  /** It takes no argument, so that one was meant to be a command. */
  @Override
  public String unexpected(String argument) {
    return NearName.of(argument, Commands.names())
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  @Override
  public List<String> warnings(Invocation invocation) {
    return !invocation.options().get(AgentSettings.EVENTS).isEmpty()
            && hasEventOnStdin(invocation.surroundings().environment())
        ? List.of(
            "%s does not count for the events of consul watch and Serf, which are on STDIN; unset CONSUL_INDEX and SERF_USER_EVENT if there is no such event"
                .formatted(AgentSettings.EVENTS.mention()))
        : List.of();
  }

  @Override
  public int run(Invocation invocation)
      throws UsageException, StretcherException, InterruptedException {
    try (Stretcher stretcher = invocation.stretcher()) {
      stretcher.deployNext(events(stretcher, invocation));
      return 0;
    }
  }

  private static EventSource events(Stretcher stretcher, Invocation invocation)
      throws UsageException {
    String address = invocation.options().get(AgentSettings.EVENTS);
    return address.isEmpty() || hasEventOnStdin(invocation.surroundings().environment())
        ? Stretcher.stdinEvents(
            invocation.surroundings().in(),
            invocation.surroundings().environment(),
            invocation.options())
        : stretcher.eventsFrom(url(address));
  }

  /**
   * Tells whether Consul or Serf started this agent for an event on STDIN, which would be lost if
   * the agent took one from elsewhere.
   */
  static boolean hasEventOnStdin(Map<String, String> environment) {
    return !environment.getOrDefault("CONSUL_INDEX", "").isEmpty()
        || !environment.getOrDefault("SERF_USER_EVENT", "").isEmpty();
  }

  private static URI url(String address) throws UsageException {
    try {
      URI url = new URI(address);
      if (url.isAbsolute()) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Its message has the whole address, and so its secrets.
    }
    throw new UsageException(
        "%s is '%s'; expected the URL of events that a plug-in knows, or nothing for STDIN"
            .formatted(AgentSettings.EVENTS.mention(), RedactedUri.of(address)));
  }
}
