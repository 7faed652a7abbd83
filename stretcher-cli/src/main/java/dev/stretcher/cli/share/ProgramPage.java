package dev.stretcher.cli.share;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.option.Topic;
import java.util.ArrayList;
import java.util.List;

/** The page of the program: what it does without a command, and what all commands share. */
final class ProgramPage {
  private final Reference cli;
  private final Reference statuses;
  private final Edition edition;

  ProgramPage(Reference cli, Reference statuses, Edition edition) {
    this.cli = cli;
    this.statuses = statuses;
    this.edition = edition;
  }

  String roff() {
    Roff roff = Page.begin("stretcher", '1', "deploys an application archive by pull", edition);
    synopsis(roff);
    commands(roff);
    options(roff);
    roff.section("Exit status");
    BlockRoff.add(statuses.introduction(), 0, roff);
    roff.part("Under consul watch");
    BlockRoff.add(statuses.section("Under consul watch"), 0, roff);
    for (String name : List.of("Environment", "Signals")) {
      roff.section(name);
      BlockRoff.add(cli.section(name), 0, roff);
    }
    files(roff);
    roff.section("Examples");
    Commands.NAMED.forEach(command -> Page.examples(command, roff));
    List<String> others = new ArrayList<>();
    Commands.NAMED.forEach(command -> others.add(CommandPage.name(command) + "(1)"));
    others.addAll(List.of(Page.CONFIG + "(5)", Page.MANIFEST + "(5)"));
    return Page.seeAlso(others, roff).toString();
  }

  private static void synopsis(Roff roff) {
    String flags = Roff.bold("stretcher") + " [" + Roff.italic("FLAG") + "...]";
    roff.section("Synopsis")
        .paragraph(flags)
        .paragraph(flags + " " + Roff.italic("COMMAND") + " [" + Roff.italic("ARGUMENT") + "]")
        .section("Description")
        .paragraph(
            Roff.prose(
                "Without a command, reads one event from STDIN and deploys the manifest that it"
                    + " names: fetches the archive, verifies it, runs commands, and makes a"
                    + " directory equal to the archive."));
  }

  private static void commands(Roff roff) {
    roff.section("Commands");
    for (Command command : Commands.NAMED) {
      roff.tagged(
          Roff.bold((command.name() + " " + command.parameter()).strip()),
          Roff.prose(command.summary()));
    }
  }

  private static void options(Roff roff) {
    roff.section("Options");
    for (Topic topic : Topic.values()) {
      roff.part(topic.title());
      AgentSettings.COMMON.stream()
          .filter(setting -> setting.topic() == topic)
          .forEach(setting -> Page.option(setting, roff));
    }
  }

  private static void files(Roff roff) {
    roff.section("Files");
    Page.configFile(roff);
    roff.tagged(
            Roff.bold("/var/lib/stretcher"),
            "What root remembers of deploys; other users do in "
                + Roff.bold("~/.local/state/stretcher")
                + ".")
        .tagged(
            Roff.bold("~/.cache/stretcher"),
            "Class-data archives for a fast start; without a HOME in "
                + Roff.bold("/var/cache/stretcher")
                + ".");
  }
}
