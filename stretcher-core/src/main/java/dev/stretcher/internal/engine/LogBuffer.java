package dev.stretcher.internal.engine;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the first and the last lines of a log in bounded memory. If lines between them are missing,
 * a line says how many.
 */
final class LogBuffer {
  /** The bytes that a line takes besides its characters. */
  private static final int LINE_OVERHEAD = 64;

  private final int half;
  private final StringBuilder head = new StringBuilder();
  private final Deque<String> tail = new ArrayDeque<>();
  private int tailLength;
  private long leftOut;

  /** Creates a buffer of about {@code capacity} characters. */
  LogBuffer(int capacity) {
    this.half = capacity / 2;
  }

  void add(String line) {
    if (tail.isEmpty() && leftOut == 0 && head.length() + line.length() < half) {
      head.append(line).append('\n');
      return;
    }
    tail.addLast(line);
    tailLength += line.length() + LINE_OVERHEAD;
    while (tailLength > half) {
      tailLength -= tail.removeFirst().length() + LINE_OVERHEAD;
      leftOut++;
    }
  }

  /**
   * Returns the log in UTF-8, piece by piece: as a whole it would take several times as much
   * memory.
   */
  InputStream read() {
    List<String> text = new ArrayList<>();
    if (head.length() > 0) {
      text.add(head.substring(0, head.length() - 1));
    }
    if (leftOut > 0) {
      text.add("... " + leftOut + " lines are left out here ...");
    }
    text.addAll(tail);
    return new LinesInput(text.iterator());
  }
}
