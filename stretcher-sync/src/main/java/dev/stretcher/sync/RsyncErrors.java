package dev.stretcher.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Passes the lines of rsync on, and keeps the last error lines. Thread-safe. */
final class RsyncErrors implements Consumer<String> {
  private static final int KEPT = 3;
  private static final int LONGEST = 300;
  private static final Pattern ERROR =
      Pattern.compile("rsync: .*|file has vanished: .*|IO error .*|cannot delete .*");

  private final Consumer<String> output;
  private final Deque<String> last = new ArrayDeque<>();

  RsyncErrors(Consumer<String> output) {
    this.output = output;
  }

  @Override
  public void accept(String line) {
    keep(line);
    output.accept(line);
  }

  private synchronized void keep(String line) {
    if (!ERROR.matcher(line).matches()) {
      return;
    }
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
  }

  synchronized List<String> last() {
    return List.copyOf(last);
  }
}
