package dev.stretcher.cli.share;

import dev.stretcher.contract.Tools;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interactive shell under a pseudo-terminal, which binds Control-G to print {@code AN[LINE]SWER}
 * with the line that is edited. Used by one thread.
 */
final class TypedShell implements AutoCloseable {
  private static final String TELL = "\u0007";
  private static final String FORGET = "\u0015";
  private static final Pattern ANSWER = Pattern.compile("(?s)AN\\[(.*?)]SWER");

  private final Process process;
  private final StringBuilder screen = new StringBuilder();

  private TypedShell(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param command how it is started
   */
  static TypedShell start(String command, Path directory, Map<String, String> environment)
      throws IOException {
    Tools.require("script");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("script", "-qfec", command, "/dev/null"))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("TERM", "dumb");
    return new TypedShell(builder.start());
  }

  /** Returns what the line is once these keys were pressed, and forgets the line. */
  String after(String keys) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write((keys + TELL).getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
    String line = answer();
    keyboard.write(FORGET.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
    return line;
  }

  private String answer() throws IOException {
    InputStream in = process.getInputStream();
    byte[] some = new byte[4096];
    while (true) {
      Matcher found = ANSWER.matcher(screen);
      if (found.find()) {
        String line = found.group(1);
        screen.delete(0, found.end());
        return line;
      }
      int length = in.read(some);
      if (length < 0) {
        throw new EOFException("the shell has ended, and the screen shows: " + screen);
      }
      screen.append(new String(some, 0, length, StandardCharsets.UTF_8));
    }
  }

  /** Closes the terminal, which ends the shell. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
  }
}
