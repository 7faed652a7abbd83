package dev.stretcher.cli.share;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.invocation.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * All manual pages: options, examples and statuses come from the commands and their settings, as
 * help does, and the rest from the reference.
 */
final class ManualPages {
  private ManualPages() {}

  /**
   * Returns the pages, by the names of their files.
   *
   * @param reference the directory of the reference
   */
  static Map<String, String> of(Path reference, Edition edition) throws IOException {
    Reference cli = new Reference(reference.resolve("cli.md"));
    Reference statuses = new Reference(reference.resolve("exit-codes.md"));
    Reference manifest = new Reference(reference.resolve("manifest.md"));
    Map<String, String> pages = new TreeMap<>();
    pages.put("stretcher.1", new ProgramPage(cli, statuses, edition).roff());
    for (Command command : Commands.NAMED) {
      pages.put(CommandPage.name(command) + ".1", new CommandPage(command, cli, edition).roff());
    }
    pages.put(Page.CONFIG + ".5", new ConfigPage(cli, edition).roff());
    pages.put(Page.MANIFEST + ".5", new ManifestPage(manifest, edition).roff());
    return pages;
  }
}
