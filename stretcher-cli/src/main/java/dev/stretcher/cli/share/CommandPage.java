package dev.stretcher.cli.share;

import dev.stretcher.cli.command.Help;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.invocation.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.node.Node;

/** The page of a command. */
final class CommandPage {
  private final Command command;
  private final Reference cli;
  private final Edition edition;

  CommandPage(Command command, Reference cli, Edition edition) {
    this.command = command;
    this.cli = cli;
    this.edition = edition;
  }

  /** Returns the name of the page of a command. */
  static String name(Command command) {
    return "stretcher-" + command.name();
  }

  String roff() {
    String summary = command.summary();
    String says = summary.substring(0, 1).toLowerCase(Locale.ROOT) + summary.substring(1);
    Roff roff = Page.begin(name(command), '1', says.replaceFirst("\\.$", ""), edition);
    String usage = Roff.bold("stretcher " + command.name()) + " [" + Roff.italic("FLAG") + "...]";
    String argument = command.parameter().isEmpty() ? "" : " " + Roff.italic(command.parameter());
    roff.section("Synopsis").paragraph(usage + argument);
    roff.section("Description").paragraph(Roff.prose(summary));
    List<Node> text = cli.section(command.name());
    BlockRoff.add(text, 0, roff);
    options(roff);
    roff.section("Exit status").paragraph(Roff.prose(Help.statuses(command)));
    environment(roff);
    files(roff);
    roff.section("Examples");
    Page.examples(command, roff);
    return Page.seeAlso(related(text), roff).toString();
  }

  private List<String> related(List<Node> text) {
    List<String> pages = new ArrayList<>(List.of("stretcher(1)"));
    for (Command other : Mentions.in(text)) {
      if (other != command) {
        pages.add(name(other) + "(1)");
      }
    }
    pages.addAll(List.of(Page.CONFIG + "(5)", Page.MANIFEST + "(5)"));
    return pages;
  }

  private void options(Roff roff) {
    roff.section("Options");
    command.flags().forEach(setting -> Page.option(setting, roff));
    roff.tagged(Roff.bold("-h, --help"), "Print a summary of this command.");
    if (command.readsConfiguration()) {
      roff.paragraph("The flags of " + Page.link("stretcher(1)") + " may be given as well.");
    }
  }

  private void environment(Roff roff) {
    roff.section("Environment");
    if (command.flags().contains(FleetSettings.STORE)) {
      roff.tagged(
          Roff.bold(FleetSettings.STORE_VARIABLE),
          "The store, where neither a flag nor the configuration names it.");
    }
    roff.paragraph("All variables are in " + Page.link("stretcher(1)") + ".");
  }

  private void files(Roff roff) {
    if (command.readsConfiguration()) {
      Page.configFile(roff.section("Files"));
    }
  }
}
