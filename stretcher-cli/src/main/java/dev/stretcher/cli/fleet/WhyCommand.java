package dev.stretcher.cli.fleet;

import dev.stretcher.Stretcher;
import dev.stretcher.agent.Why;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.print.HistoryTable;
import dev.stretcher.cli.print.LocalTime;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.json.JsonLine;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.text.Printable;
import dev.stretcher.text.RedactedUri;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why this host has what it has of an app. */
public final class WhyCommand implements Command {
  private static final int FAILURE = 1;

  @Override
  public String name() {
    return "why";
  }

  @Override
  public String parameter() {
    return "APP";
  }

  @Override
  public String summary() {
    return "Says why this host has what it has.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 whatever this host has, 1 if the store cannot be asked, 2 for"
        + " wrong arguments.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(FleetSettings.STORE, FleetSettings.JSON);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(new Example("Find out why this host has what it has.", "stretcher why shop"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    AppName app = StoreArgument.app(invocation);
    Path state = StoreArgument.state(invocation);
    try (Stretcher stretcher = invocation.stretcher(List.of())) {
      return StoreArgument.askThoughAway(
          invocation,
          FAILURE,
          store -> {
            Why why = Why.of(app, store, state, stretcher::releases, invocation.policy());
            if (invocation.options().get(FleetSettings.JSON)) {
              invocation.out().println(json(why));
            } else {
              print(why, invocation.out(), invocation.surroundings().environment());
            }
            return 0;
          });
    }
  }

  private static void print(Why why, PrintStream out, Map<String, String> environment) {
    row(out, "app", why.app().value());
    row(out, "desired", why.desired().map(WhyCommand::desired).orElse("nothing is known"));
    row(out, "store", Printable.line(why.news()));
    row(out, "confirmed", why.confirmed().map(LocalTime::toSeconds).orElse("-"));
    row(out, "live", live(why));
    why.outcome().ifPresent(outcome -> row(out, "outcome", outcome(outcome, why.error())));
    if (!why.deploys().isEmpty()) {
      out.println("The last deploys there:");
      HistoryTable.of(why.deploys(), environment).lines().forEach(out::println);
    }
  }

  private static void row(PrintStream out, String name, String value) {
    out.println("%-10s %s".formatted(name, value));
  }

  private static String desired(DesiredState desired) {
    return "%s, generation %s, since %s%s: %s"
        .formatted(
            desired.id(),
            Long.toString(desired.generation()),
            LocalTime.toSeconds(desired.at()),
            desired.by().isEmpty() ? "" : " by " + Printable.of(desired.by()),
            RedactedUri.of(desired.manifest()));
  }

  private static String live(Why why) {
    String id =
        why.live()
            .or(() -> why.digest().map(digest -> "a manifest with the sha256 " + digest))
            .orElse("it is not known what is live");
    return Printable.of(id) + why.dest().map(dest -> ", in " + Printable.of(dest)).orElse("");
  }

  private static String outcome(HostState outcome, Optional<String> error) {
    return outcome.label() + error.map(text -> ": " + Printable.line(text)).orElse("");
  }

  private static String json(Why why) {
    JsonLine json =
        new JsonLine()
            .put("app", why.app().value())
            .put("desired", why.desired().map(DesiredState::id));
    why.desired().ifPresent(desired -> json.put("generation", desired.generation()));
    return json.put("manifest", why.desired().map(desired -> RedactedUri.of(desired.manifest())))
        .put("news", why.news())
        .put("confirmed", why.confirmed().map(Instant::toString))
        .put("live", why.live())
        .put("digest", why.digest())
        .put("dest", why.dest())
        .put("outcome", why.outcome().map(HostState::label))
        .put("error", why.error())
        .toString();
  }
}
