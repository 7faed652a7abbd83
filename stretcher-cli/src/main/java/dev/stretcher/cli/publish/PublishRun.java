package dev.stretcher.cli.publish;

import dev.stretcher.cli.fleet.RolloutCommand;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.log.PublishProgress;
import dev.stretcher.fleet.Counted;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.option.Options;
import dev.stretcher.publication.Forecast;
import dev.stretcher.publication.Prepared;
import dev.stretcher.publication.Pruning;
import dev.stretcher.publication.Publication;
import dev.stretcher.report.EventJson;
import dev.stretcher.store.EventSender;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The steps of the command, in their order. */
record PublishRun(
    Invocation invocation, PublishArguments arguments, NamedStore store, PublishProgress progress) {
  void run(Publication publication)
      throws ManifestException,
          PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    Options options = invocation.options();
    Optional<DesiredState> before = before();
    try (Prepared prepared = publication.prepare(before)) {
      prepared.warnings().forEach(odd -> say("Warning: " + arguments.manifest() + ": " + odd));
      say(forecast(prepared));
      requireOneContent(prepared);
      if (options.get(PublishSettings.DRY_RUN)) {
        invocation.out().print(prepared.text());
        return;
      }
      prepared.upload();
      progress.close();
      if (store.isThere()) {
        makeDesired(prepared);
      } else {
        invocation.out().println(prepared.manifest());
        say("No store is named (--store, STRETCHER_STORE): no host is told of it but by this URL");
      }
      if (options.get(PublishSettings.KEEP) > 0) {
        prune(publication, prepared, before);
      }
    }
  }

  /** Before anything is uploaded, though only the rollout is safe from others. */
  private void requireOneContent(Prepared prepared)
      throws MalformedValueException,
          PublishedMeanwhileException,
          IOException,
          InterruptedException {
    if (store.isThere()) {
      store.ask(
          opened -> {
            Fleet.over(opened)
                .requireOneContent(arguments.app(), prepared.id(), prepared.manifest());
            return prepared;
          });
    }
  }

  private Optional<DesiredState> before()
      throws MalformedValueException,
          PublishedMeanwhileException,
          IOException,
          InterruptedException {
    if (!store.isThere()) {
      return Optional.empty();
    }
    return store.ask(
        opened -> {
          Fleet fleet = Fleet.over(opened);
          String event = invocation.options().get(PublishSettings.EVENT);
          if (!event.isEmpty() && opened.events().isEmpty()) {
            throw new IOException("it has no events, and --event asks for one");
          }
          if (fleet.status(arguments.app(), new Counted.Reporting()).hosts().isEmpty()) {
            say("Warning: no host has reported " + arguments.app() + " yet");
          }
          return fleet.desired(arguments.app());
        });
  }

  private void makeDesired(Prepared prepared)
      throws MalformedValueException,
          PublishedMeanwhileException,
          IOException,
          InterruptedException {
    String by = System.getProperty("user.name") + "@" + EventJson.localHost();
    DesiredState now =
        store.ask(opened -> prepared.rollout(Fleet.over(opened), by, arguments.rules()));
    invocation.out().println(RolloutCommand.text(now));
    String event = invocation.options().get(PublishSettings.EVENT);
    if (!event.isEmpty()) {
      store.ask(
          opened -> {
            EventSender events = opened.events().orElseThrow();
            events.send(event, prepared.manifest().toString());
            return now;
          });
    }
  }

  private void prune(Publication publication, Prepared prepared, Optional<DesiredState> before)
      throws IOException, InterruptedException {
    Options options = invocation.options();
    Set<String> ids = new HashSet<>(Set.of(prepared.id()));
    before.map(DesiredState::id).ifPresent(ids::add);
    before.flatMap(DesiredState::previous).ifPresent(ids::add);
    Pruning pruning =
        Pruning.of(publication.objects(), arguments.app(), options.get(PublishSettings.KEEP), ids);
    boolean removes = options.get(PublishSettings.PRUNE);
    pruning.surplus().forEach(name -> say((removes ? "Removing " : "Older, kept: ") + name));
    if (removes) {
      pruning.remove();
    }
  }

  private void say(String line) {
    progress.close();
    invocation.err().println(Printable.line(line));
  }

  private String forecast(Prepared prepared) {
    Forecast forecast = prepared.forecast();
    String size = ByteSize.format(forecast.archive());
    if (!store.isThere()) {
      return "%s has %s".formatted(prepared.id(), size);
    }
    if (forecast.change().isEmpty()) {
      return "%s has %s; each host may fetch all of it, since %s"
          .formatted(prepared.id(), size, forecast.unknown());
    }
    Forecast.Change change = forecast.change().get();
    return String.format(
        Locale.ROOT,
        "%s has %s; against %s, %,d names are new, %,d changed, %,d gone, and a host that has it"
            + " fetches %s",
        prepared.id(),
        size,
        change.before(),
        change.added(),
        change.changed(),
        change.removed(),
        ByteSize.format(change.fetch()));
  }
}
