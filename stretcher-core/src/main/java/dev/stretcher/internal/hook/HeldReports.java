package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployEvent.HookPrinted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The reports of one run of a command, until it is known whether they are worth telling. Of what
 * the command prints it keeps only the end. Thread-safe.
 */
final class HeldReports implements Consumer<DeployEvent> {
  private static final int MOST_LINES = 100;
  private static final int MOST_CHARACTERS = 1 << 16;

  private final List<DeployEvent> begin = new ArrayList<>();
  private final Deque<HookPrinted> printed = new ArrayDeque<>();
  private final List<DeployEvent> end = new ArrayList<>();
  private long characters;
  private long lost;

  @Override
  public synchronized void accept(DeployEvent event) {
    if (event instanceof HookPrinted line) {
      printed.addLast(line);
      characters += line.line().length();
      while (printed.size() > MOST_LINES || (characters > MOST_CHARACTERS && printed.size() > 1)) {
        characters -= printed.removeFirst().line().length();
        lost++;
      }
    } else if (event instanceof DeployEvent.HookEnded) {
      end.add(event);
    } else {
      begin.add(event);
    }
  }

  synchronized void handTo(Reporter reporter) {
    begin.forEach(reporter::report);
    if (lost > 0) {
      HookPrinted first = printed.getFirst();
      reporter.report(
          new HookPrinted(
              first.phase(), first.stream(), "... (%s lines are left out)".formatted(lost)));
    }
    printed.forEach(reporter::report);
    end.forEach(reporter::report);
  }
}
