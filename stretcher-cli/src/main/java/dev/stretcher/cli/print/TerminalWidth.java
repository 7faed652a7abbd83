package dev.stretcher.cli.print;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** How many columns the lines on STDOUT may have. */
public final class TerminalWidth {
  private static final Path STDOUT = Path.of("/proc/self/fd/1");
  private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/.*|tty.*|console)");
  private static final int MOST = 10_000;

  private TerminalWidth() {}

  /**
   * Returns what COLUMNS says, else a usual width if STDOUT is a terminal, else one that cuts
   * nothing.
   *
   * @param usual that of a terminal of which nothing is known
   */
  public static int of(Map<String, String> environment, int usual) {
    String columns = environment.getOrDefault("COLUMNS", "");
    if (columns.matches("[0-9]{1,4}")) {
      return Integer.parseInt(columns);
    }
    return isTerminal() ? usual : MOST;
  }

  /** Tells whether STDOUT is a terminal. */
  public static boolean isTerminal() {
    try {
      return TERMINAL.matcher(Files.readSymbolicLink(STDOUT).toString()).matches();
    } catch (IOException e) {
      return false;
    }
  }
}
