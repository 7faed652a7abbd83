package dev.stretcher.internal.status;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The lines of a log, of which the middle is left out if they are too many. Thread-safe; a line
 * costs no more than its length.
 */
public final class HeadAndTail {
  private static final String LEFT_OUT = "... (%s lines left out)\n";
  private static final int RESERVE = 64;
  private static final int SHARE = 4;

  private final int most;
  private final List<String> head = new ArrayList<>();
  private final Deque<String> tail = new ArrayDeque<>();
  private int headBytes;
  private int tailBytes;
  private long leftOut;

  /**
   * Creates an empty log.
   *
   * @param most the most bytes of {@link #text}
   */
  HeadAndTail(int most) {
    this.most = most - RESERVE;
  }

  synchronized void clear() {
    head.clear();
    tail.clear();
    headBytes = 0;
    tailBytes = 0;
    leftOut = 0;
  }

  /** Adds a line without its end. */
  synchronized void add(String line) {
    String whole = shortened(line) + "\n";
    int bytes = bytes(whole);
    if (tail.isEmpty() && headBytes + bytes <= most / SHARE) {
      head.add(whole);
      headBytes += bytes;
      return;
    }
    tail.add(whole);
    tailBytes += bytes;
    while (tailBytes > most - most / SHARE) {
      tailBytes -= bytes(tail.remove());
      leftOut++;
    }
  }

  /** One line must not push all others out. */
  private String shortened(String line) {
    int longest = most / 8;
    return line.length() > longest ? line.substring(0, longest) + "..." : line;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Returns the first and the last lines. */
  synchronized String text() {
    StringBuilder text = new StringBuilder();
    head.forEach(text::append);
    if (leftOut > 0) {
      text.append(LEFT_OUT.formatted(Long.toString(leftOut)));
    }
    tail.forEach(text::append);
    return text.toString();
  }

  /** Returns the last lines, as many as have room in some bytes. */
  synchronized String end(int bytes) {
    List<String> lines = new ArrayList<>(head);
    lines.addAll(tail);
    int from = lines.size();
    int room = bytes;
    while (from > 0 && bytes(lines.get(from - 1)) <= room) {
      from--;
      room -= bytes(lines.get(from));
    }
    return String.join("", lines.subList(from, lines.size()));
  }
}
