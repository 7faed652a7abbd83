package dev.stretcher.cli.fleet;

import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Prints lines again whenever they change: all of them on a cleared terminal, elsewhere only those
 * that are new. A store that goes away meanwhile is asked again.
 */
final class StatusWatch {
  private static final String CLEAR = "\033[H\033[2J\033[3J";

  /** What is desired, and which hosts are alive, is looked at as often as this. */
  private static final Duration MOST = Duration.ofSeconds(5);

  private static final long PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final KeyValueStore store;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private List<String> before = List.of();
  private long version;
  private boolean isLost;

  /** Lines that are asked for again and again. */
  interface Lines {
    List<String> get() throws IOException, InterruptedException;
  }

  StatusWatch(KeyValueStore store, PrintStream out, PrintStream err, boolean terminal) {
    this.store = store;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Prints until the thread is interrupted. A store that is away is asked again and again, unless
   * that is so from the beginning.
   */
  void run(Lines lines) throws IOException, InterruptedException {
    look(lines);
    long pause = PAUSE_MILLIS;
    while (!out.checkError()) {
      Thread.sleep(pause);
      try {
        look(lines);
        pause = PAUSE_MILLIS;
      } catch (IOException e) {
        Interrupts.rethrow(e);
        lost(e);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private void look(Lines lines) throws IOException, InterruptedException {
    version = store.watch(FleetKeys.HOSTS, version, MOST).version();
    List<String> now = lines.get();
    if (isLost || !said(now).equals(said(before))) {
      print(now);
    }
    before = now;
    isLost = false;
  }

  private void lost(IOException e) {
    if (!isLost) {
      err.println(
          "Warning: the store %s cannot be asked, and is asked again: %s"
              .formatted(store.name(), Reason.of(e)));
    }
    isLost = true;
    version = 0;
  }

  private static List<String> said(List<String> lines) {
    return lines.stream().map(StatusJson::withoutTime).toList();
  }

  private void print(List<String> now) {
    if (terminal) {
      out.print(CLEAR);
      now.forEach(out::println);
      out.flush();
      return;
    }
    Set<String> known = new HashSet<>(said(before));
    for (String line : now) {
      if (!known.contains(StatusJson.withoutTime(line))) {
        out.println(line);
      }
    }
  }
}
