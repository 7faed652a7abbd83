package dev.stretcher.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.apache.commons.cli.help.HelpFormatter;
import org.apache.commons.cli.help.TextHelpAppendable;

/** Prints what {@code --help} asks for. */
final class Help {
  private static final String STATUS =
      "The exit status is 0 on success, 1 on failure, 2 for wrong arguments; always 0 if"
          + " CONSUL_INDEX is set, since consul watch ends otherwise.";
  private static final int WIDTH = 80;

  private Help() {}

  /** Prints it; returns the exit status. */
  static int print(Subcommand subcommand, PrintStream out) {
    TextHelpAppendable text = new TextHelpAppendable(out);
    text.setMaxWidth(WIDTH);
    try {
      HelpFormatter.builder()
          .setShowSince(false)
          .setHelpAppendable(text)
          .get()
          .printHelp(
              subcommand.usage(),
              subcommand.description(),
              subcommand.flags().getOptions(),
              STATUS,
              false);
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
