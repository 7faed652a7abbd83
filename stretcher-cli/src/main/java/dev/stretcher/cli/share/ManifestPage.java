package dev.stretcher.cli.share;

import java.util.List;

/** The page of the manifest. */
final class ManifestPage {
  /** The level of the headings that begin a section there. */
  private static final int SECTIONS = 2;

  private final Reference manifest;
  private final Edition edition;

  ManifestPage(Reference manifest, Edition edition) {
    this.manifest = manifest;
    this.edition = edition;
  }

  String roff() {
    Roff roff =
        Page.begin(Page.MANIFEST, '5', "what to deploy, where to, and what to run", edition);
    roff.section("Description");
    BlockRoff.add(manifest.withoutTitle(), SECTIONS, roff);
    return Page.seeAlso(List.of("stretcher(1)", "stretcher-check(1)", Page.CONFIG + "(5)"), roff)
        .toString();
  }
}
