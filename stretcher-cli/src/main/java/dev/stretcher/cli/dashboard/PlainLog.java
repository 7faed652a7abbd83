package dev.stretcher.cli.dashboard;

import dev.stretcher.text.Printable;
import java.util.regex.Pattern;

/** A log as text: without the colours of terminals, and with other control characters escaped. */
final class PlainLog {
  /** More than an agent writes; the end says why a deploy failed. */
  private static final int LONGEST = 64 * 1024;

  /** Sequences of ECMA-48, also where a log has shown the escape character as text. */
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "(?:\u001b|\\\\x1b)\\[[0-?]*+[ -/]*+[@-~]"
              + "|(?:\u001b|\\\\x1b)\\][^\u0007\u001b\\n\\\\]*+(?:\u0007|\\\\x07|\u001b\\\\)?");

  private PlainLog() {}

  /** Returns the lines of a log, each with its end. */
  static String of(String log) {
    String end = log.length() > LONGEST ? log.substring(log.length() - LONGEST) : log;
    StringBuilder text = new StringBuilder(end.length());
    for (String line : Printable.lines(SEQUENCE.matcher(end).replaceAll(""))) {
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
