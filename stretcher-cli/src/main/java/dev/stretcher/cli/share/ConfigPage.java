package dev.stretcher.cli.share;

import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.FleetSettings;
import java.util.List;

/** The page of the configuration. */
final class ConfigPage {
  private final Reference cli;
  private final Edition edition;

  ConfigPage(Reference cli, Edition edition) {
    this.cli = cli;
    this.edition = edition;
  }

  String roff() {
    Roff roff = Page.begin(Page.CONFIG, '5', "what may be deployed to a host, and flags", edition);
    roff.section("Synopsis").paragraph(Roff.bold(Page.CONFIG_FILE)).section("Description");
    BlockRoff.add(cli.section("Configuration"), 0, roff);
    roff.section("Keys that are flags");
    AgentSettings.CONFIGURABLE.forEach(setting -> Page.key(setting, roff));
    roff.section("Keys of a fleet");
    FleetSettings.CONFIGURABLE.forEach(setting -> Page.key(setting, roff));
    roff.section("Environment")
        .tagged(Roff.bold("STRETCHER_CONFIG"), "Names another file.")
        .section("Files")
        .tagged(Roff.bold(Page.CONFIG_FILE), "The file that is read if no other one is named.")
        .section("Examples")
        .literal("allow_dest: [/srv]\nmax_band_width: 20MB\napps: [shop]");
    return Page.seeAlso(List.of("stretcher(1)", "stretcher-doctor(1)", Page.MANIFEST + "(5)"), roff)
        .toString();
  }
}
